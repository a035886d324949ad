package dev.paddock.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerIT {
    private static final String PASSWORD = "a-password-for-this-test";

    @TempDir
    Path folder;

    @Test
    void nobodyGetsInWithoutThePassword() throws IOException {
        try (RedisServer redis = start(0)) {
            assertThat(ask(redis, "PING\r\n")).startsWith("-NOAUTH");
            assertThat(ask(redis, "AUTH " + PASSWORD + "\r\nPING\r\n")).contains("+PONG");
        }
    }

    @Test
    void whatWasWrittenIsThereAfterARestart() throws IOException {
        try (RedisServer redis = start(0)) {
            ask(redis, "AUTH " + PASSWORD + "\r\nSET car opel\r\n");
        }
        try (RedisServer redis = start(0)) {
            assertThat(ask(redis, "AUTH " + PASSWORD + "\r\nGET car\r\n")).contains("opel");
        }
    }

    @Test
    void itsConfigurationIsClosedToOthers() throws IOException {
        start(0).close();
        assertThat(Files.getPosixFilePermissions(folder.resolve("data/redis.conf")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aBusyPortIsSaidWithTheEndOfItsLog() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> start(taken.getLocalPort()))
                    .isInstanceOf(StartFailedException.class)
                    .hasMessageContaining("redis ended with exit code 1")
                    .hasMessageContaining("Address already in use");
        }
    }

    @Test
    void eachCallerOfTheSharedRedisGetsADatabaseOfItsOwn() {
        assertThat(SharedServers.redisDatabase()).isNotEqualTo(SharedServers.redisDatabase());
    }

    private RedisServer start(int port) {
        return RedisServer.start(ServerHome.in(folder, what -> {}), port, PASSWORD);
    }

    private static String ask(RedisServer redis, String commands) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", redis.port())) {
            socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}

package dev.paddock.gameserver;

import dev.paddock.gameserver.channel.ServerKey;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.MalformedException;
import dev.paddock.protocol.server.Assignment;
import dev.paddock.protocol.server.ServerConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of {@code PADDOCK_DIR}, read once at start.
 *
 * @param credentials path of {@code nats.creds}: read again at each reconnect, so it may be renewed; null: there is no such
 *     file, as NATS asks for no credentials
 * @param assignment of a cold start; null: this server starts as a standby
 */
record ServerFiles(
        ServerConfig config,
        ServerKey key,
        @Nullable Path credentials,
        @Nullable Assignment assignment) {
    static final String VARIABLE = "PADDOCK_DIR";

    /** The folder that the environment names. */
    static Path folder(Map<String, String> environment) {
        String folder = environment.get(VARIABLE);
        if (folder == null || folder.isBlank()) {
            throw new StartException(VARIABLE + " is not set: it names the folder with server.json and key.pem", null);
        }
        return Path.of(folder);
    }

    /** @throws StartException if a file is missing or not what it should be */
    static ServerFiles read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new StartException(VARIABLE + " names " + folder + ", which is not a folder", null);
        }
        ServerConfig config = json(folder.resolve("server.json"), ServerConfig.class);
        require(config.serverId(), "serverId");
        require(config.mode(), "mode");
        require(config.natsUrl(), "natsUrl");
        require(config.bind(), "bind");
        Path credentials = folder.resolve("nats.creds");
        Path cold = folder.resolve("assignment.json");
        Assignment assignment = Files.exists(cold) ? json(cold, Assignment.class) : null;
        return new ServerFiles(
                config, key(folder.resolve("key.pem")), Files.exists(credentials) ? credentials : null, assignment);
    }

    private static void require(@Nullable String value, String field) {
        if (value == null || value.isBlank()) {
            throw new StartException("server.json has no " + field, null);
        }
    }

    private static ServerKey key(Path file) {
        try {
            return ServerKey.fromPem(new String(bytes(file), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    file.getFileName() + " is not an RSA private key in PKCS#8 PEM (-----BEGIN PRIVATE KEY-----)", e);
        }
    }

    private static <T> T json(Path file, Class<T> type) {
        try {
            return Json.read(bytes(file), type);
        } catch (MalformedException e) {
            throw new StartException(file.getFileName() + " is not the JSON of type " + type.getSimpleName(), e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new StartException("cannot read " + file + ": put " + file.getFileName() + " there, readable", e);
        }
    }
}

package dev.paddock.local.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.local.play.GameChannel.Gone;
import dev.paddock.local.play.GameChannel.Said;
import dev.paddock.protocol.game.FromServer.Dropped;
import dev.paddock.protocol.game.FromServer.Result;
import dev.paddock.protocol.game.ToServer.Resign;
import dev.paddock.protocol.match.Endpoint;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.match.MatchResult.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pin, against a real TLS server on loopback with a key of its own. */
class GameChannelTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final char[] PASSWORD = "only-for-this-test".toCharArray();
    private static final BlockingQueue<String> HEARD = new LinkedBlockingQueue<>();

    private static SSLServerSocket server;
    private static byte[] spki;

    @BeforeAll
    static void serve(@TempDir Path folder) throws Exception {
        KeyStore keys = selfSigned(folder.resolve("keys.p12"));
        spki = keys.getCertificate("server").getPublicKey().getEncoded();
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(GameChannelTest::answerAll);
    }

    @AfterAll
    static void close() throws IOException {
        server.close();
    }

    @Test
    void theServerWithThePinnedKeyIsSpokenTo() throws Exception {
        try (GameChannel channel = GameChannel.open(endpoint(PinnedKey.sha256Of(spki)))) {
            channel.send(new Resign());

            assertThat(HEARD.poll(10, TimeUnit.SECONDS)).isEqualTo("{\"type\":\"Resign\"}");
            assertThat(channel.next(SOON)).isEqualTo(new Said(new Dropped("replaced", "another connection")));
            assertThat(channel.next(SOON))
                    .isEqualTo(new Said(new Result(new MatchResult(Outcome.ABANDONED, List.of()))));
            assertThat(channel.next(SOON)).isEqualTo(new Gone("closed by the server"));
        }
    }

    @Test
    void aServerWithAnotherKeyIsRefusedBeforeAnythingIsSaid() {
        byte[] other = spki.clone();
        other[other.length - 1] ^= 1;

        assertThatThrownBy(() -> GameChannel.open(endpoint(PinnedKey.sha256Of(other))))
                .isInstanceOf(PlayException.class)
                .hasMessageContaining("but the match's is " + PinnedKey.sha256Of(other));
        assertThat(HEARD).isEmpty();
    }

    private static Endpoint endpoint(String pin) {
        return new Endpoint("127.0.0.1", Map.of("tcp", server.getLocalPort()), "", pin);
    }

    private static void answerAll() {
        while (!server.isClosed()) {
            try (var socket = server.accept();
                    var lines = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                HEARD.add(String.valueOf(lines.readLine()));
                socket.getOutputStream().write("""
                        {"type":"Dropped","code":"replaced","reason":"another connection","since":"a later version"}
                        {"type":"Fireworks"}
                        {"type":"Result","result":{"outcome":"ABANDONED","standings":[]}}
                        """.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The client hung up in the handshake, which one of the tests is about; or the server is closed.
                continue;
            }
        }
    }

    private static KeyStore selfSigned(Path file) throws Exception {
        String password = new String(PASSWORD);
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=nobody",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        password)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }
}

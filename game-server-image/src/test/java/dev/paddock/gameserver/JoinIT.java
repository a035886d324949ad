package dev.paddock.gameserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.protocol.game.FromServer;
import dev.paddock.protocol.game.ToServer;
import dev.paddock.protocol.server.ServerEvent;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who gets in and who does not, and what a client may do: one running server for all tests. Bob is there all the time, so
 * that the match goes on; Ada joins now and then.
 */
class JoinIT {
    private static ServerUnderTest server;
    private static TestPlayer bob;

    @BeforeAll
    static void startMatch(@TempDir Path folder) throws Exception {
        server = new ServerUnderTest(folder).start(OddServer.class);
        server.awaitStandby();
        server.director.assign(server.match(Duration.ofMinutes(5), Duration.ofMinutes(10)));
        server.awaitReady(server.matchId);
        bob = server.connect();
        join(bob, "bob");
    }

    @AfterAll
    static void kill() throws Exception {
        bob.close();
        server.close();
    }

    static Stream<Arguments> badTokens() {
        Tokens tokens = server.tokens;
        String match = server.matchId;
        String good = tokens.good(match, "ada");
        return Stream.of(
                Arguments.of("expired-token", tokens.expired(match, "ada")),
                Arguments.of("wrong-match", tokens.good("another", "ada")),
                Arguments.of("not-a-player", tokens.good(match, "mallory")),
                Arguments.of("bad-token", new Tokens().good(match, "ada")),
                Arguments.of("bad-token", tokens.ofType("at+jwt", match, "ada")),
                Arguments.of("bad-token", tokens.forAudience("paddock:api", match, "ada")),
                Arguments.of("bad-token", tokens.withoutExpiry(match, "ada")),
                Arguments.of("bad-token", Tokens.unsigned(match, "ada")),
                Arguments.of("bad-token", tokens.signedWithThePublicKeyAsSecret(match, "ada")),
                Arguments.of("bad-token", good.substring(0, good.lastIndexOf('.') + 1)),
                Arguments.of("bad-token", "x"),
                Arguments.of("bad-token", ""));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("badTokens")
    void aTokenThatIsNotThisPlayersForThisMatchIsRejected(String code, String token) throws Exception {
        try (TestPlayer player = server.connect()) {
            player.send(new ToServer.Join(token));

            assertThat(player.next(FromServer.Rejected.class).code()).isEqualTo(code);
            assertThat(player.next()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"Resign\"}",
                "{}",
                "[]",
                "null",
                "hello",
                "",
                "{\"type\":\"Join\",\"joinToken\":null}"
            })
    void aFirstLineThatIsNoJoinIsRejected(String line) throws Exception {
        try (TestPlayer player = server.connect()) {
            player.sendRaw(line + "\n");

            assertThat(player.next(FromServer.Rejected.class).code()).isIn("bad-join", "bad-token");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void bothVersionsOfTlsLetAPlayerIn(String protocol) throws Exception {
        try (TestPlayer ada = TestPlayer.connect(port(), pin(), protocol)) {
            FromServer.Joined joined = join(ada, "ada");

            assertThat(joined.playerId()).isEqualTo("ada");
            assertThat(joined.matchId()).isEqualTo(server.matchId);
            assertThat(joined.players()).hasSize(2);
            assertThat(joined.tickRate()).isEqualTo(25);
        }
    }

    @Test
    void oldTlsIsRefused() {
        assertThatThrownBy(() -> TestPlayer.connect(port(), pin(), "TLSv1.1")).isInstanceOf(SSLException.class);
    }

    @Test
    void aClientThatPinsAnotherKeyDoesNotConnect() {
        assertThatThrownBy(() -> TestPlayer.connect(port(), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void plainTextGetsNoAnswerInPlainText() throws Exception {
        try (Socket plain = new Socket("127.0.0.1", port())) {
            plain.setSoTimeout(10_000);
            plain.getOutputStream().write("{\"type\":\"Join\",\"joinToken\":\"x\"}\n".getBytes(StandardCharsets.UTF_8));

            String answer = new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

            assertThat(answer).doesNotContain("{", "Rejected");
        } catch (SocketException e) {
            // A reset is as good an answer.
            assertThat(e).hasMessageContaining("reset");
        }
    }

    @Test
    void aSilentClientIsCutOff() throws Exception {
        try (TestPlayer silent = server.connect()) {
            assertThat(silent.next(FromServer.Rejected.class).code()).isEqualTo("join-timeout");
            assertThat(silent.next()).isNull();
        }
    }

    @Test
    void aFirstLineOfAMegabyteIsRejectedWithItsReason() throws Exception {
        try (TestPlayer player = server.connect()) {
            player.sendRaw("x".repeat(1024 * 1024));

            assertThat(player.next(FromServer.Rejected.class).code()).isEqualTo("line-too-long");
        }
    }

    @Test
    void aPlayersLineOfAMegabyteDropsThatPlayerAlone() throws Exception {
        try (TestPlayer ada = server.connect();
                TestPlayer ada2 = server.connect()) {
            join(ada, "ada");
            ada.sendRaw("x".repeat(1024 * 1024));

            assertThat(ada.next(FromServer.Dropped.class).code()).isEqualTo("line-too-long");
            assertThat(join(ada2, "ada").playerId()).isEqualTo("ada");
        }
    }

    @Test
    void aLineThatTheGameDoesNotKnowDropsThePlayerWithAReason() throws Exception {
        try (TestPlayer ada = server.connect()) {
            join(ada, "ada");
            ada.sendRaw("{\"type\":\"Input\",\"throttle\":7,\"gear\":1}\n");

            assertThat(ada.next(FromServer.Dropped.class).code()).isEqualTo("bad-line");
            assertThat(ada.next()).isNull();
        }
    }

    @Test
    void aFloodOfLinesDropsThePlayer() throws Exception {
        try (TestPlayer ada = server.connect()) {
            join(ada, "ada");
            ada.sendRaw("{\"type\":\"Input\",\"throttle\":0,\"gear\":1}\n".repeat(1000));

            assertThat(ada.next(FromServer.Dropped.class).code()).isEqualTo("too-many-lines");
        }
    }

    @Test
    void aSecondConnectionReplacesTheFirst() throws Exception {
        try (TestPlayer first = server.connect();
                TestPlayer second = server.connect()) {
            join(first, "ada");

            join(second, "ada");

            assertThat(first.next(FromServer.Dropped.class).code()).isEqualTo("replaced");
            assertThat(first.next()).isNull();
            assertThat(playersInNextBeat()).isEqualTo(2);
        }
    }

    @Test
    void aCrowdOfClientsThatDoNotJoinIsBounded() throws Exception {
        List<Socket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                crowd.add(new Socket("127.0.0.1", port()));
            }
            Awaitility.await("those above the limit are closed without a word").until(() -> closed(crowd) >= 30);
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
        }
        Awaitility.await("afterwards a player gets in again").ignoreExceptions().until(() -> {
            try (TestPlayer ada = server.connect()) {
                return join(ada, "ada").playerId().equals("ada");
            }
        });
    }

    private static long closed(List<Socket> crowd) throws IOException {
        long closed = 0;
        for (Socket socket : crowd) {
            socket.setSoTimeout(1);
            try {
                closed += socket.getInputStream().read() < 0 ? 1 : 0;
            } catch (java.net.SocketTimeoutException e) {
                // Still open.
            } catch (SocketException e) {
                closed++;
            }
        }
        return closed;
    }

    private static FromServer.Joined join(TestPlayer player, String playerId) throws IOException {
        player.send(new ToServer.Join(server.tokens.good(server.matchId, playerId)));
        return player.next(FromServer.Joined.class);
    }

    private static int playersInNextBeat() {
        int before = beats().size();
        Awaitility.await("the next heartbeat").until(() -> beats().size() > before);
        return beats().getLast().players();
    }

    private static List<ServerEvent.Heartbeat> beats() {
        return server.director.told(ServerEvent.Heartbeat.class);
    }

    private static int port() {
        return Objects.requireNonNull(
                server.director.told(ServerEvent.Ready.class).getLast().ports().get("tcp"));
    }

    private static String pin() {
        return server.director.told(ServerEvent.Ready.class).getLast().publicKeySha256();
    }
}

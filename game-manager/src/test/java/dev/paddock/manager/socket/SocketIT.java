package dev.paddock.manager.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.manager.FakeDirector;
import dev.paddock.manager.TestApi;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.manager.TestSocket;
import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.redis.TestRedis;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.frame.Frame;
import dev.paddock.protocol.frame.PlayerEvent;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.frame.TicketView;
import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a socket does for a good client, and to a bad one, while a good one stands by undisturbed. */
class SocketIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final MatchLimits LIMITS = FakeDirector.limits(SOON, 1);

    private static TestPlatform platform;
    private static TestManager manager;
    private static TestApi.Player ann;
    private static TestApi.Player bystander;

    private final List<TestSocket> sockets = new ArrayList<>();
    private TestSocket undisturbed;

    @BeforeAll
    static void start() {
        platform = TestPlatform.fresh("sockets");
        manager = start(Map.of());
        ann = manager.api().newPlayer();
        bystander = manager.api().newPlayer();
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @BeforeEach
    void aBystanderIsConnected() {
        undisturbed = socket(bystander);
        undisturbed.next("Welcome");
    }

    @AfterEach
    void theBystanderWasNotDisturbed() {
        assertThat(undisturbed.isOpen()).as("the other player's socket is open").isTrue();
        push(bystander, "still-there");
        assertThat(undisturbed.next("TicketUpdated").path("id").asText()).isEqualTo("still-there");
        sockets.forEach(TestSocket::close);
    }

    @Test
    void theFirstFrameIsTheWholeState() {
        var welcome = socket(ann).next();

        assertThat(welcome.path("type").asText()).isEqualTo("Welcome");
        assertThat(welcome.path("playerId").asText()).isEqualTo(ann.playerId());
        assertThat(welcome.path("name").asText()).isEqualTo(ann.name());
        assertThat(welcome.has("ticket")).isFalse();
    }

    @Test
    void whatIsPushedReachesEverySocketOfThePlayerInOrder() {
        List<TestSocket> both = List.of(socket(ann), socket(ann));
        both.forEach(socket -> socket.next("Welcome"));

        for (int i = 0; i < 100; i++) {
            push(ann, "frame-" + i);
        }

        for (TestSocket socket : both) {
            for (int i = 0; i < 100; i++) {
                assertThat(socket.next().path("id").asText()).isEqualTo("frame-" + i);
            }
        }
    }

    @Test
    void theSubprotocolIsAnsweredAndOthersAreRefused() {
        Map<String, String> headers = TestSocket.headers(ann.accessToken());
        assertThat(opened("/v1/socket", headers).handshake().headers())
                .containsEntry("sec-websocket-protocol", "paddock.v1");
        headers.remove("Sec-WebSocket-Protocol");
        opened("/v1/socket", headers).reading().next("Welcome");
        headers.put("Sec-WebSocket-Protocol", "chat, paddock.v2");

        TestSocket.Handshake refused = TestSocket.tried(manager.url(), "/v1/socket", headers);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("bad-request").contains("paddock.v1");
    }

    @Test
    void aSocketNeedsALoginSession() {
        TestApi.Player gone = manager.api().newPlayer();
        gone.api().delete("/v1/login");
        for (String token : List.of("", "abc", gone.accessToken())) {
            TestSocket.Handshake refused =
                    TestSocket.tried(manager.url(), "/v1/socket", TestSocket.headers(token.isEmpty() ? null : token));
            assertThat(refused.status()).as(refused.toString()).isEqualTo(401);
            assertThat(refused.headers().get("content-type")).startsWith("application/problem+json");
        }
    }

    @Test
    void aSocketTicketOpensOneSocket() {
        var answer = ann.api().post("/v1/socket-tickets", Map.of());
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("expiresIn").asInt()).isEqualTo(30);
        String path = "/v1/socket?last=x&ticket=" + answer.json().path("ticket").asText();

        opened(path, TestSocket.headers(null)).reading().next("Welcome");

        assertThat(TestSocket.tried(manager.url(), path, TestSocket.headers(null))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aSocketTicketOpensNothingElse() {
        var answer = ann.api().post("/v1/socket-tickets", Map.of());
        String ticket = answer.json().path("ticket").asText();

        assertThat(manager.api().get("/v1/players/me?ticket=" + ticket).status())
                .isEqualTo(401);
    }

    @Test
    void binaryIsRefused() {
        TestSocket socket = socket(ann);

        socket.sendBinary(new byte[] {1, 2, 3});

        assertThat(socket.closeCode()).isEqualTo(1003);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "", "[1]", "{\"type\":", "{} {}", "7"})
    void whatIsNoJsonObjectIsRefused(String text) {
        TestSocket socket = socket(ann);

        socket.sendText(text);

        assertThat(socket.closeCode()).isEqualTo(1007);
    }

    @Test
    void whatIsNoUtf8IsRefused() {
        TestSocket socket = socket(ann);

        socket.sendBytesAsText(new byte[] {'"', (byte) 0xc3, 0x28, '"'});

        assertThat(socket.closeCode()).isEqualTo(1007);
    }

    @Test
    void aFrameOfUnknownTypeIsRefused() {
        TestSocket socket = socket(ann);

        socket.sendText("{\"type\":\"Teleport\"}");

        assertThat(socket.closeCode()).isEqualTo(1008);
    }

    @ParameterizedTest
    @ValueSource(ints = {4_097, 60_000, 70_000, 1_048_576})
    void aFrameThatIsTooLargeIsRefused(int bytes) {
        TestSocket socket = socket(ann);

        try {
            socket.sendText("x".repeat(bytes));
        } catch (java.io.UncheckedIOException e) {
            // It was cut off while it was still being sent, which is as good.
            assertThat(bytes).isGreaterThan(65_536);
        }

        assertThat(socket.closeCode()).isEqualTo(1009);
    }

    @Test
    void partsThatAreTooLargeTogetherAreRefused() {
        TestSocket socket = socket(ann);

        for (int i = 0; i < 5; i++) {
            socket.sendPart(i == 0, "x".repeat(1000));
        }

        assertThat(socket.closeCode()).isEqualTo(1009);
    }

    @Test
    void aCloseIsAnsweredWithTheSameCode() {
        TestSocket socket = socket(ann);
        socket.next("Welcome");

        socket.sendClose(1000);

        assertThat(socket.closeCode()).isEqualTo(1000);
    }

    @Test
    void aLogoutClosesTheSocketsOfThatLoginSessionAlone() {
        TestApi.Player again = manager.api().login(ann.name());
        TestSocket loggedOut = socket(again);
        TestSocket stays = socket(ann);
        loggedOut.next("Welcome");
        stays.next("Welcome");

        again.api().delete("/v1/login");

        assertThat(loggedOut.closeCode()).isEqualTo(4401);
        assertThat(stays.isOpen()).isTrue();
    }

    @Test
    void theFifthSocketClosesTheOldest() {
        List<TestSocket> four = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            TestSocket socket = socket(ann);
            socket.next("Welcome");
            four.add(socket);
        }

        TestSocket fifth = socket(ann);

        assertThat(four.getFirst().closeCode()).isEqualTo(4409);
        fifth.next("Welcome");
        assertThat(four.subList(1, 4)).allMatch(TestSocket::isOpen);
    }

    @Test
    void aClientThatAnswersNoPingIsClosed() {
        TestManager strict = start(Map.of("paddock.socket.ping-every", "100ms", "paddock.socket.pong-within", "500ms"));
        try (strict;
                TestSocket silent = TestSocket.deaf(strict.url(), ann.accessToken())
                        .withoutPongs()
                        .reading();
                TestSocket good = TestSocket.open(strict.url(), ann.accessToken())) {
            assertThat(silent.closeCode()).isEqualTo(4408);
            assertThat(good.isOpen()).isTrue();
        }
    }

    @Test
    void aClientThatReadsNothingIsClosedWhenTooMuchWaitsForIt() {
        // Patient, so that it is the amount alone that closes.
        TestManager patient = start(Map.of("paddock.socket.slow-for", "10m"));
        try (patient;
                TestSocket deaf = TestSocket.deaf(patient.url(), ann.accessToken())) {
            await("connected").atMost(SOON).until(() -> connected(patient) == 1);

            for (int i = 0; i < 2_000; i++) {
                push(ann, "x".repeat(10_000));
            }

            await("closed").atMost(SOON).until(() -> connected(patient) == 0);
            // Either it reads up to the code in the moment that it is left, or it was cut off.
            assertThat(deaf.reading().closeCode()).isIn(1013, TestSocket.NO_CODE);
        }
    }

    @Test
    void aClientThatReadsNothingForTooLongIsClosedThoughLittleWaits() {
        TestManager strict = start(Map.of("paddock.socket.slow-for", "300ms", "paddock.socket.most-pending", 1 << 30));
        try (strict;
                TestSocket deaf = TestSocket.deaf(strict.url(), ann.accessToken())) {
            await("connected").atMost(SOON).until(() -> connected(strict) == 1);
            for (int i = 0; i < 2_000; i++) {
                push(ann, "x".repeat(10_000));
            }
            await("closed").atMost(SOON).until(() -> connected(strict) == 0);
            assertThat(deaf.isOpen()).isTrue();
        }
    }

    @Test
    void aPlayerWhoseStateCannotBeReadIsToldToComeAgain() {
        TestApi.Player player = manager.api().newPlayer();
        try (TestRedis redis = TestRedis.connect(platform.redis())) {
            String claim = QueueKeys.claim(player.playerId());
            redis.commands().set(claim, "not a claim");

            assertThat(socket(player).closeCode()).isEqualTo(1011);

            redis.commands().del(claim);
            socket(player).next("Welcome");
        }
    }

    @Test
    void aPlayerWhoIsBackIsNotedWhileTheGreetingStillWaitsForItsTurn() throws InterruptedException {
        String lost = "paddock:lost-sockets";
        Semaphore greetings = manager.bean(Sockets.class).greetings;
        try (TestRedis redis = TestRedis.connect(platform.redis());
                FakeDirector director = new FakeDirector(platform.nats(), LIMITS, withGrace())) {
            await("the mode is known").atMost(SOON).until(() -> isKnown(director));
            redis.commands().zadd(lost, Instant.now().plus(SOON).toEpochMilli(), ann.playerId());
            greetings.acquire(Sockets.MOST_GREETINGS);
            TestSocket socket = socket(ann);
            try {
                await("the loss is forgotten")
                        .atMost(SOON.dividedBy(2))
                        .until(() -> redis.commands().zscore(lost, ann.playerId()) == null);
            } finally {
                greetings.release(Sockets.MOST_GREETINGS);
            }
            socket.next("Welcome");
        }
    }

    @Test
    void whoeverIsConnectedWhenAReplicaStopsIsToldToComeAgain() {
        TestManager other = start(Map.of());
        TestSocket socket = TestSocket.open(other.url(), ann.accessToken());
        sockets.add(socket);
        socket.next("Welcome");

        other.close();

        assertThat(socket.closeCode()).isEqualTo(1012);
    }

    private static TestManager start(Map<String, Object> settings) {
        return TestManager.start(platform, new HashMap<>(settings));
    }

    /** What a match asks for, and how long a ticket outlives its player's last socket. */
    private static MatchingRules withGrace() {
        return new MatchingRules(
                new Teams(2, 1),
                new Window(100, 10, 500),
                new Window(100, 10, 500),
                Duration.ofMinutes(5),
                List.of(),
                List.of(),
                null,
                false,
                SOON);
    }

    private static boolean isKnown(FakeDirector director) {
        return manager.bean(Modes.class).find(director.mode().name()).isPresent();
    }

    private static double connected(TestManager on) {
        return on.bean(MeterRegistry.class)
                .get("paddock.connected.players")
                .gauge()
                .value();
    }

    private TestSocket socket(TestApi.Player player) {
        return opened("/v1/socket", TestSocket.headers(player.accessToken())).reading();
    }

    private TestSocket opened(String path, Map<String, String> headers) {
        TestSocket socket = TestSocket.opened(manager.url(), path, headers, 0);
        sockets.add(socket);
        return socket;
    }

    private static void push(TestApi.Player player, String id) {
        var ticket = new TicketView("ticket", "mode", TicketState.WAITING, Instant.now(), 0, null, null);
        manager.bean(Bus.class)
                .publish(
                        Subjects.player(player.playerId()),
                        new PlayerEvent.Push(new Frame.TicketUpdated(id, Instant.now(), ticket)));
    }
}

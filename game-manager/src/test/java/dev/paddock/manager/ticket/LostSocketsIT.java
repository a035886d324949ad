package dev.paddock.manager.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.manager.FakeDirector;
import dev.paddock.manager.TestApi.Player;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.manager.TestSocket;
import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.redis.TestRedis;
import dev.paddock.protocol.Heard;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Players whose sockets go while they wait, on two replicas, in modes that nobody is brought together in. All at once: each
 * test waits long, and has a mode of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
class LostSocketsIT {
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration CENSUS = Duration.ofSeconds(75);
    private static final String KEY = "paddock:lost-sockets";

    private static TestPlatform platform;
    private static TestManager one;
    private static TestManager other;
    private static TestRedis redis;

    private @Nullable FakeDirector director;

    @BeforeAll
    static void start() {
        platform = TestPlatform.fresh("lostsockets");
        one = TestManager.start(platform);
        other = TestManager.start(platform);
        redis = TestRedis.connect(platform.redis());
    }

    @AfterAll
    static void stop() {
        redis.close();
        one.close();
        other.close();
    }

    @AfterEach
    void withdrawTheMode() {
        if (director != null) {
            director.close();
        }
    }

    @Test
    void aTicketOutlivesItsPlayersLastSocketByTheGrace() {
        String mode = mode(GRACE);
        Player ann = one.api().newPlayer();
        TestSocket first = open(one, ann);
        TestSocket second = open(other, ann);
        String ticketId = queue(ann, mode);
        first.close();
        await("the ticket goes on while one socket is there")
                .during(GRACE.multipliedBy(3))
                .atMost(SOON)
                .until(() -> state(mode, ticketId) == TicketState.WAITING);
        Instant closedAt = Instant.now();

        second.close();

        awaitEnded(mode, ticketId);
        Ticket ended = one.bean(Tickets.class).find(mode, ticketId).orElseThrow();
        assertThat(ended.reason()).isEqualTo("no-socket");
        assertThat(Duration.between(closedAt, ended.endedAt())).isGreaterThanOrEqualTo(GRACE);
        assertThat(redis.commands().get(QueueKeys.claim(ann.playerId()))).isNull();
        try (TestSocket back = TestSocket.open(one.url(), ann.accessToken())) {
            assertThat(back.next("Welcome").has("ticket")).isFalse();
        }
    }

    @Test
    void aSocketThatComesBackInTimeKeepsTheTicket() {
        String mode = mode(GRACE.multipliedBy(2));
        Player ann = one.api().newPlayer();
        TestSocket first = open(one, ann);
        String ticketId = queue(ann, mode);
        first.close();
        await("the loss is noted").atMost(SOON).until(() -> noted(ann));

        try (TestSocket back = open(other, ann)) {
            await("the loss is forgotten").atMost(SOON).until(() -> !noted(ann));
            await("the ticket goes on")
                    .during(GRACE.multipliedBy(4))
                    .atMost(SOON)
                    .until(() -> back.isOpen() && state(mode, ticketId) == TicketState.WAITING);
        }
    }

    @Test
    void aSocketThatComesWhenThePlayerWasAskedForOnceKeepsTheTicket() {
        String mode = mode(GRACE);
        Player ann = one.api().newPlayer();
        TestSocket first = open(one, ann);
        String ticketId = queue(ann, mode);
        first.close();
        await("nobody had a socket of the player, once").atMost(SOON).until(() -> askedFor(ann));

        try (TestSocket back = open(other, ann)) {
            await("that is forgotten").atMost(SOON).until(() -> !askedFor(ann));
            assertThat(back.isOpen()).isTrue();
            assertThat(state(mode, ticketId)).isEqualTo(TicketState.WAITING);
        }
    }

    @Test
    void aReplicaThatListensForThePlayerAgainBeforeTheSecondQuestionKeepsTheTicket() throws Exception {
        String mode = mode(GRACE);
        Player ann = one.api().newPlayer();
        TestSocket first = open(one, ann);
        String ticketId = queue(ann, mode);
        first.close();
        await("nobody had a socket of the player, once").atMost(SOON).until(() -> askedFor(ann));

        // As a replica that had lost NATS: its socket was there all the time, and is not noted once more.
        try (AutoCloseable _ = other.bean(Bus.class)
                .follow(Subjects.player(ann.playerId()), question -> question.answer(new Heard()))) {
            await("it was asked for the second time").atMost(SOON).until(() -> !askedFor(ann));
            await("the ticket goes on")
                    .during(LostSockets.ASK_AGAIN_AFTER)
                    .atMost(SOON)
                    .until(() -> state(mode, ticketId) == TicketState.WAITING);
        }
    }

    @Test
    void aMemberWhoIsGoneEndsThePartysTicketAndTheOthersAreTold() {
        String mode = mode(GRACE);
        Player ann = one.api().newPlayer();
        Player ben = one.api().newPlayer();
        String code =
                ann.api().post("/v1/parties", Map.of()).json().path("code").asText();
        ben.api().post("/v1/parties/" + code + "/members", Map.of());
        try (TestSocket anns = open(one, ann)) {
            TestSocket bens = open(other, ben);
            ann.api().post("/v1/tickets", Map.of("mode", mode, "partyCode", code));

            bens.close();

            assertThat(anns.next("TicketUpdated").at("/ticket/reason").asText()).isEqualTo("no-socket");
            assertThat(redis.commands().get(QueueKeys.claim(ann.playerId()))).isNull();
        }
    }

    @Test
    void whoLogsOutLosesTheSocketsAndSoTheTicket() {
        String mode = mode(GRACE);
        Player ann = one.api().newPlayer();
        TestSocket socket = open(one, ann);
        String ticketId = queue(ann, mode);

        ann.api().delete("/v1/login");

        assertThat(socket.closeCode()).isEqualTo(4401);
        awaitEnded(mode, ticketId);
    }

    @Test
    void theCensusFindsWhoseReplicaWasKilledAndNobodyElse() {
        String mode = mode(GRACE);
        Player ann = one.api().newPlayer();
        Player ben = one.api().newPlayer();
        // Nobody notes that a socket has closed: as if the replica that had it was killed.
        String gone = queue(ann, mode);
        try (TestSocket socket = open(other, ben)) {
            String there = queue(ben, mode);

            await("the lease holder has looked whom nobody has a socket of")
                    .atMost(CENSUS)
                    .until(() -> state(mode, gone) == TicketState.CANCELLED);

            assertThat(ticket(mode, gone).reason()).isEqualTo("no-socket");
            assertThat(noted(ben)).isFalse();
            assertThat(socket.isOpen()).isTrue();
            assertThat(state(mode, there)).isEqualTo(TicketState.WAITING);
        }
    }

    @Test
    void inAModeWithoutAGraceSocketsDoNotMatter() {
        mode(GRACE);
        try (FakeDirector without = new FakeDirector(platform.nats(), FakeDirector.limits(SOON, 1))) {
            awaitKnown(without);
            Player ann = one.api().newPlayer();
            TestSocket socket = open(one, ann);
            String ticketId = queue(ann, without.mode().name());

            socket.close();

            await("the ticket goes on")
                    .during(GRACE.multipliedBy(3))
                    .atMost(SOON)
                    .until(() -> !noted(ann) && state(without.mode().name(), ticketId) == TicketState.WAITING);
        }
    }

    private String mode(Duration grace) {
        director = new FakeDirector(
                platform.nats(),
                FakeDirector.limits(SOON, 1),
                new MatchingRules(
                        new Teams(2, 3),
                        new Window(100, 10, 500),
                        new Window(100, 10, 500),
                        Duration.ofMinutes(5),
                        List.of(),
                        List.of(),
                        null,
                        false,
                        grace));
        awaitKnown(director);
        return director.mode().name();
    }

    private static void awaitKnown(FakeDirector director) {
        for (TestManager manager : List.of(one, other)) {
            await("the mode is known")
                    .atMost(SOON)
                    .until(() -> manager.bean(Modes.class)
                            .find(director.mode().name())
                            .isPresent());
        }
    }

    private static TestSocket open(TestManager manager, Player player) {
        TestSocket socket = TestSocket.open(manager.url(), player.accessToken());
        socket.next("Welcome");
        return socket;
    }

    private static String queue(Player player, String mode) {
        return player.api()
                .post("/v1/tickets", new HashMap<>(Map.of("mode", mode)))
                .json()
                .path("ticketId")
                .asText();
    }

    private static void awaitEnded(String mode, String ticketId) {
        await("the ticket has ended").atMost(SOON).until(() -> state(mode, ticketId) == TicketState.CANCELLED);
        assertThat(ticket(mode, ticketId).reason()).isEqualTo("no-socket");
    }

    private static TicketState state(String mode, String ticketId) {
        return ticket(mode, ticketId).state();
    }

    private static Ticket ticket(String mode, String ticketId) {
        return one.bean(Tickets.class).find(mode, ticketId).orElseThrow();
    }

    private static boolean noted(Player player) {
        return redis.commands().zscore(KEY, player.playerId()) != null;
    }

    private static boolean askedFor(Player player) {
        return redis.commands().zscore(KEY, LostSockets.ASKED + player.playerId()) != null;
    }
}

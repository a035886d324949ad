package dev.paddock.manager.match;

import static dev.paddock.manager.FakeDirector.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.manager.TestApi.Player;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.manager.TestSocket;
import dev.paddock.manager.match.MatchScripts.Ending;
import dev.paddock.manager.matchmaking.FormedMatch;
import dev.paddock.manager.matchmaking.FormedMatch.FormedPlayer;
import dev.paddock.manager.matchmaking.SeatsTaken;
import dev.paddock.manager.redis.TestRedis;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.Tickets;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.match.SeatPlayers;
import dev.paddock.protocol.server.ServerReply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a replica leaves that dies between two steps of giving a seat, and how another one goes on with it. */
class HalfSeatedIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static TestPlatform platform;
    private static TestManager manager;
    private static TestRedis redis;

    private RunningMatch running;
    private Player cid;
    private TestSocket cids;
    private Ticket ticket;

    @BeforeAll
    static void start() {
        platform = TestPlatform.fresh("halfseated");
        // No looks: none goes on with what a test has only half done.
        Map<String, Object> settings = MatchFixture.impatient();
        settings.put("paddock.match.look-every", "1h");
        manager = TestManager.start(platform, settings);
        redis = TestRedis.connect(platform.redis());
    }

    @AfterAll
    static void stop() {
        redis.close();
        manager.close();
    }

    @BeforeEach
    void someoneWaits() {
        running = RunningMatch.on(platform, manager);
        cid = manager.api().newPlayer();
        cids = TestSocket.open(manager.url(), cid.accessToken());
        cids.next("Welcome");
        ticket = MatchFixture.queue(manager, cid, running.director());
    }

    @AfterEach
    void close() {
        cids.close();
        running.close();
    }

    @Test
    void whoWasTakenAndNotAskedForYetIsAskedFor() {
        SeatsTaken taken = taken(1, ticket, cid);

        append(taken);

        assertThat(running.director().nextSeated().roster()).isEqualTo(1);
        assertThat(cids.next("PlayerMatched").path("id").asText()).isEqualTo(running.matchId() + ".matched.1");
        nothingIsLeftToSay();
    }

    @Test
    void whoWasTakenIsAskedForAlthoughTheEntryIsLost() {
        taken(1, ticket, cid);

        redis.commands().zadd(keys().live(), 0, running.matchId());
        manager.bean(LiveMatches.class).look(ticket.mode());

        assertThat(running.director().nextSeated().roster()).isEqualTo(1);
        assertThat(cids.next("PlayerMatched").path("id").asText()).isEqualTo(running.matchId() + ".matched.1");
    }

    @Test
    void whoWasSeatedAndNotToldIsToldThoughOthersWereSeatedSince() {
        SeatsTaken first = seated(taken(1, ticket, cid));
        Player dan = manager.api().newPlayer();
        // Far from Cid, who waits: they are not to be matched.
        seated(taken(2, MatchFixture.queue(manager, dan, running.director(), 3000), dan));

        append(first);

        JsonNode matched = cids.next("PlayerMatched");
        assertThat(matched.path("id").asText()).isEqualTo(running.matchId() + ".matched.2");
        assertThat(matched.path("players")).hasSize(4);
        assertThat(running.director().timesSeated()).isZero();
        nothingIsLeftToSay();
    }

    @Test
    void whoWasSentBackAndNotToldIsToldThoughOthersWereTakenSince() {
        SeatsTaken first = taken(1, ticket, cid);
        StoredMatch match = stored();
        assertThat(manager.bean(SeatScripts.class)
                        .unseat(
                                match.formed(),
                                Objects.requireNonNull(match.joined().seating()),
                                List.of(ticket),
                                false))
                .isEqualTo(SeatScripts.Outcome.NOW);
        Player dan = manager.api().newPlayer();
        // Far from Cid, who waits: they are not to be matched.
        seated(taken(2, MatchFixture.queue(manager, dan, running.director(), 3000), dan));

        append(first);

        assertThat(cids.next("MatchCancelled").path("ticketId").asText()).isEqualTo(ticket.ticketId());
        nothingIsLeftToSay();
    }

    @Test
    void aServerThatHasNotHeardThatNobodyComesIsTold() {
        redis.commands().hset(keys().match(running.matchId()), "roster", "2");

        redis.commands().xadd(keys().matches(), Map.of("matchId", running.matchId(), "roster", "2"));

        SeatPlayers said = running.director().nextSeated();
        assertThat(said.roster()).isEqualTo(2);
        assertThat(said.players())
                .extracting(MatchPlayer::playerId)
                .containsExactlyElementsOf(running.players().toList());
        nothingIsLeftToSay();
    }

    @Test
    void aMatchIsNotEndedAsItWasBeforeSomebodyWasTakenOrSeated() {
        StoredMatch before = stored();
        SeatsTaken taken = taken(1, ticket, cid);
        assertThat(end(before)).isEqualTo(Ending.CHANGED);

        StoredMatch underWay = stored();
        seated(taken);
        assertThat(end(underWay)).isEqualTo(Ending.CHANGED);

        assertThat(end(stored())).isEqualTo(Ending.NOW);
        assertThat(again().matchId()).isEqualTo(running.matchId());
    }

    @Test
    void whoIsUnderWayWhenTheServerIsLostWaitsAgain() {
        taken(1, ticket, cid);

        manager.bean(Endings.class).lose(stored(), running.serverId(), "it died");

        assertThat(cids.next("MatchCancelled").path("ticketId").asText()).isEqualTo(ticket.ticketId());
        assertThat(again().state()).isEqualTo(TicketState.WAITING);
        assertThat(again().createdAt()).isEqualTo(ticket.createdAt());
        assertThat(redis.commands().get(QueueKeys.claim(cid.playerId()))).contains(ticket.ticketId());
    }

    @Test
    void aMatchThatWasReadBeforeSomebodyWasTakenEndsAndTheyWaitAgain() {
        StoredMatch before = stored();
        taken(1, ticket, cid);

        manager.bean(Endings.class).lose(before, running.serverId(), "it died");

        assertThat(cids.next("MatchCancelled").path("ticketId").asText()).isEqualTo(ticket.ticketId());
        assertThat(stored().state()).isEqualTo(MatchState.CANCELLED);
        assertThat(stored().joined().seating()).isNull();
        assertThat(stored().formed()).isEqualTo(before.formed());
        assertThat(again().state()).isEqualTo(TicketState.WAITING);
        assertThat(again().createdAt()).isEqualTo(ticket.createdAt());
        assertThat(redis.commands().get(QueueKeys.claim(cid.playerId()))).contains(ticket.ticketId());
    }

    @Test
    void aMatchThatWasReadBeforeSomebodyWasSeatedEndsForThemToo() {
        SeatsTaken taken = taken(1, ticket, cid);
        StoredMatch underWay = stored();
        seated(taken);

        manager.bean(Endings.class).lose(underWay, running.serverId(), "it died");

        JsonNode told = cids.next("MatchCancelled");
        assertThat(told.path("reason").asText()).isEqualTo(Endings.SERVER_LOST);
        assertThat(told.has("ticketId")).isFalse();
        assertThat(stored().state()).isEqualTo(MatchState.CANCELLED);
        assertThat(again().state()).isEqualTo(TicketState.MATCHED);
        assertThat(redis.commands().get(QueueKeys.claim(cid.playerId()))).isNull();
    }

    @Test
    void aMatchThatEndedOtherwiseSinceItWasReadStaysAsItEnded() {
        taken(1, ticket, cid);
        StoredMatch underWay = stored();
        running.director().say(ended(running.start(), running.serverId()));
        assertThat(cids.next("MatchCancelled").path("ticketId").asText()).isEqualTo(ticket.ticketId());

        manager.bean(Endings.class).lose(underWay, running.serverId(), "it died");

        assertThat(stored().state()).isEqualTo(MatchState.ENDED);
        assertThat(stored().reason()).isNull();
        assertThat(again().state()).isEqualTo(TicketState.WAITING);
        assertThat(redis.commands().get(QueueKeys.claim(cid.playerId()))).contains(ticket.ticketId());
        assertThat(running.director().timesStopped()).isZero();
    }

    @Test
    void aServerThatAgreesToWhomTheEndHasSentBackLetsNobodyIn() {
        SeatsTaken taken = taken(1, ticket, cid);
        StoredMatch underWay = stored();
        running.director().say(ended(running.start(), running.serverId()));
        cids.next("MatchCancelled");

        assertThat(manager.bean(SeatScripts.class)
                        .seated(
                                underWay.formed().with(taken),
                                Objects.requireNonNull(underWay.joined().seating())))
                .isEqualTo(SeatScripts.Outcome.OTHER);

        assertThat(stored().formed()).isEqualTo(underWay.formed());
        assertThat(again().state()).isEqualTo(TicketState.WAITING);
    }

    @Test
    void whoIsUnderWayCannotCancelAndWhoWaitsAgainCan() {
        SeatsTaken taken = taken(1, ticket, cid);
        assertThat(cid.api().delete("/v1/tickets/" + ticket.ticketId()).problem())
                .isEqualTo("ticket-ended");

        running.director().answerSeats(request -> new ServerReply.Refused(request.serverId(), "no-free-seat"));
        append(taken);
        cids.next("MatchCancelled");

        assertThat(cid.api()
                        .delete("/v1/tickets/" + ticket.ticketId())
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("CANCELLED");
    }

    /** As {@code seat.lua} leaves it, but without an entry. */
    private SeatsTaken taken(int roster, Ticket of, Player player) {
        redis.commands().zrem(keys().queue(), of.ticketId());
        redis.commands().hset(keys().ticket(of.ticketId()), Map.of("state", "MATCHED", "matchId", running.matchId()));
        MatchPlayer joins =
                new MatchPlayer(player.playerId(), player.name(), 1, of.first().loadout());
        SeatsTaken taken = new SeatsTaken(
                running.matchId(),
                of.mode(),
                roster,
                List.of(new FormedPlayer(of.ticketId(), joins)),
                Instant.parse("2026-03-01T12:00:00Z"));
        redis.commands()
                .hset(
                        keys().match(running.matchId()),
                        Map.of("roster", Integer.toString(roster), "seating", Json.text(taken)));
        return taken;
    }

    /** As {@code seated.lua} leaves it. */
    private SeatsTaken seated(SeatsTaken taken) {
        StoredMatch match = stored();
        FormedMatch with = match.formed().with(taken);
        assertThat(manager.bean(SeatScripts.class)
                        .seated(with, Objects.requireNonNull(match.joined().seating())))
                .isEqualTo(SeatScripts.Outcome.NOW);
        return taken;
    }

    private void append(SeatsTaken taken) {
        redis.commands()
                .xadd(
                        keys().matches(),
                        Map.of(
                                "matchId",
                                taken.matchId(),
                                "roster",
                                Integer.toString(taken.roster()),
                                "seating",
                                Json.text(taken)));
    }

    private Ending end(StoredMatch match) {
        FinishedMatch finished = new FinishedMatch(
                match.matchId(),
                match.mode(),
                match.formed().region(),
                MatchState.ENDED,
                List.of(),
                new MatchResult(MatchResult.Outcome.STOPPED, List.of()),
                null,
                running.serverId(),
                match.standby(),
                match.at(),
                match.formed().formedAt(),
                Instant.now());
        return manager.bean(MatchScripts.class).end(match, running.serverId(), finished, List.of());
    }

    private void nothingIsLeftToSay() {
        await("nothing is left to say")
                .atMost(SOON)
                .until(() -> redis.commands().xlen(keys().matches()) == 0);
    }

    private StoredMatch stored() {
        return manager.bean(MatchScripts.class)
                .find(running.start().mode(), running.matchId())
                .orElseThrow();
    }

    private Ticket again() {
        return manager.bean(Tickets.class)
                .find(ticket.mode(), ticket.ticketId())
                .orElseThrow();
    }

    private QueueKeys keys() {
        return running.keys();
    }
}

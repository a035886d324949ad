package dev.paddock.director.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.paddock.crds.ServerTemplate;
import dev.paddock.crds.Standby;
import dev.paddock.director.backend.Packing;
import dev.paddock.director.backend.Placement;
import dev.paddock.director.key.PublicKey;
import dev.paddock.director.mode.KnownMode;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Mode;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import dev.paddock.protocol.server.ServerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link ServerBook} with a clock that only the test moves, and what its servers say. */
final class TestFleet {
    private static final MatchLimits LIMITS =
            new MatchLimits(Duration.ofSeconds(10), 3, Duration.ofSeconds(30), Duration.ofMinutes(3));
    private static final Window WINDOW = new Window(1, 1, 1);
    static final KnownMode MODE = new KnownMode(
            new Mode("drag-race", new MatchingRules(new Teams(2, 1), WINDOW, WINDOW, Duration.ofMinutes(5)), LIMITS),
            Standby.of(1),
            ServerTemplate.of("drag-race"),
            "t1",
            null);

    /** The id of a server that is started when no standby can be had. */
    static final String FRESH = "fresh";

    private static final Duration SWEEP = Duration.ofMillis(500);

    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final ServerBook book =
            new ServerBook(new FleetLimits(3, 2, Duration.ofSeconds(7), Duration.ofSeconds(20), Packing.PACK), now);

    ServerBook book() {
        return book;
    }

    Instant now() {
        return now;
    }

    StartStep start(String matchId, int attempt) {
        return book.start(request(matchId, attempt, null), MODE, FRESH, now).step();
    }

    StartStep settled(String matchId, String serverId) {
        return book.start(request(matchId, 1, serverId), MODE, FRESH, now).step();
    }

    static StartMatch request(String matchId, int attempt, @Nullable String settledOn) {
        return new StartMatch(
                matchId,
                "drag-race",
                "local",
                List.of(),
                LIMITS,
                JsonNodeFactory.instance.objectNode(),
                attempt,
                settledOn);
    }

    void running(String serverId, String matchId) {
        standby(serverId);
        start(matchId, 1);
        book.accepted(matchId, serverId, now);
        ready(serverId, matchId);
    }

    void foreign(String serverId, String matchId) {
        ServerEvent.Ready event = readyEvent(serverId, matchId, now);
        assertThat(book.ready(event, now)).isInstanceOf(EventStep.LookUp.class);
        book.foreign(event, now);
    }

    void startedInPlaceOfLate(String standby, String matchId) {
        standby(standby);
        start(matchId, 1);
        book.refused(matchId, standby, now);
        assertThat(start(matchId, 1)).isEqualTo(new StartStep.Launch(FRESH));
        book.started(placement(FRESH, "t1", true), now);
    }

    /** It is heard when it repeats itself, as it was given up. */
    MatchEvent.Ready readyTwice(String serverId, String matchId) {
        ready(serverId, matchId);
        return (MatchEvent.Ready) ((EventStep.Tell) ready(serverId, matchId)).event();
    }

    void standby(String serverId) {
        learn(serverId, "t1", true);
        ready(serverId, null);
    }

    void learn(String serverId, String template, boolean mine) {
        book.learn(placement(serverId, template, mine), now);
    }

    /** Its node takes no more servers from now on. */
    void leaves(String serverId) {
        book.learn(
                new Placement(
                        serverId,
                        "drag-race",
                        "t1",
                        "127.0.0.1",
                        List.of(new PublicKey("pem", "pin " + serverId)),
                        true,
                        true),
                now);
    }

    static Placement placement(String serverId, String template, boolean mine) {
        return new Placement(
                serverId,
                "drag-race",
                template,
                "127.0.0.1",
                List.of(new PublicKey("pem", "pin " + serverId)),
                false,
                mine);
    }

    EventStep ready(String serverId, @Nullable String matchId) {
        return book.ready(readyEvent(serverId, matchId, now), now);
    }

    static ServerEvent.Ready readyEvent(String serverId, @Nullable String matchId, Instant now) {
        return new ServerEvent.Ready(serverId, "drag-race", matchId, Map.of("tcp", 40123), "pin " + serverId, now);
    }

    void heartbeat(String serverId, @Nullable String matchId) {
        heartbeat(serverId, matchId, matchId != null);
    }

    void loading(String serverId, String matchId) {
        heartbeat(serverId, matchId, false);
    }

    private void heartbeat(String serverId, @Nullable String matchId, boolean loaded) {
        book.heartbeat(
                new ServerEvent.Heartbeat(
                        serverId, "drag-race", matchId, loaded, Map.of("tcp", 40123), "pin " + serverId, 0, now),
                now);
    }

    static ServerEvent.Ended ended(String serverId, String matchId, Instant now) {
        return new ServerEvent.Ended(
                serverId, "drag-race", matchId, new MatchResult(MatchResult.Outcome.FINISHED, List.of()), now);
    }

    EventStep seats(String serverId, String matchId, int number) {
        return book.seats(
                new ServerEvent.Seats(serverId, "drag-race", matchId, number, 0, List.of(0, 1), List.of("p"), now),
                now);
    }

    /** The clock alone moves: this director stands still, or its clock is set. */
    void later(Duration duration) {
        now = now.plus(duration);
    }

    /** Time goes by as it does in a director that runs; what followed from it. */
    List<Consequence> sweptFor(Duration duration) {
        List<Consequence> consequences = new ArrayList<>(book.sweep(now, true));
        Instant end = now.plus(duration);
        while (now.isBefore(end)) {
            later(SWEEP);
            consequences.addAll(book.sweep(now, true));
        }
        return consequences;
    }
}

package dev.paddock.director.fleet;

import static dev.paddock.director.fleet.TestFleet.FRESH;
import static dev.paddock.director.fleet.TestFleet.MODE;
import static dev.paddock.director.fleet.TestFleet.readyEvent;
import static dev.paddock.director.fleet.TestFleet.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.director.backend.Packing;
import dev.paddock.director.backend.Placement;
import dev.paddock.director.key.PublicKey;
import dev.paddock.protocol.server.ServerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of several standbys a match gets. */
class StandbyOrderTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration LOST_AFTER = Duration.ofSeconds(7);

    @ParameterizedTest
    @CsvSource({"PACK, beside-others", "SPREAD, alone"})
    void matchesAreBroughtTogetherOrKeptApartAsIsSet(Packing packing, String taken) {
        ServerBook book = book(packing);
        ready(book, "alone", "node1", null, NOW);
        ready(book, "match", "node2", "m0", NOW);
        ready(book, "beside-others", "node2", null, NOW);

        assertThat(taken(book, NOW)).isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({"PACK, beside-others", "SPREAD, alone"})
    void aMatchThatAnotherDirectorHandedOutCountsAsOnesOwn(Packing packing, String taken) {
        ServerBook one = book(packing);
        ServerBook two = book(packing);
        for (ServerBook book : List.of(one, two)) {
            ready(book, "alone", "node1", null, NOW);
            ready(book, "first", "node2", null, NOW.minusSeconds(1));
            ready(book, "beside-others", "node2", null, NOW.plusMillis(1));
        }
        one.start(request("m0", 1, null), MODE, FRESH, NOW);
        one.accepted("m0", "first", NOW);

        two.heartbeat(
                new ServerEvent.Heartbeat("first", "drag-race", "m0", false, Map.of("tcp", 40123), "pin first", 0, NOW),
                NOW);

        assertThat(taken(two, NOW)).isEqualTo(taken);
        assertThat(taken(one, NOW)).isEqualTo(taken);
    }

    @Test
    void whoseMatchIsOverCountsNoMore() {
        ServerBook book = book(Packing.SPREAD);
        ready(book, "match", "node1", "m0", NOW);
        ready(book, "a", "node1", null, NOW);
        ready(book, "b", "node2", null, NOW.plusMillis(1));
        book.ended(TestFleet.ended("match", "m0", NOW), NOW);

        assertThat(taken(book, NOW)).as("the oldest, as no node has a match").isEqualTo("a");
    }

    @Test
    void oneThatHasMissedAHeartbeatIsTakenLast() {
        ServerBook book = book(Packing.PACK);
        Instant later = NOW.plus(LOST_AFTER.dividedBy(2)).plusMillis(1);
        ready(book, "quiet", "node1", null, NOW);
        ready(book, "heard", "node2", null, NOW.plusMillis(1));
        book.heartbeat(
                new ServerEvent.Heartbeat(
                        "heard", "drag-race", null, false, Map.of("tcp", 40123), "pin heard", 0, later),
                later);

        assertThat(taken(book, later)).isEqualTo("heard");
    }

    private static ServerBook book(Packing packing) {
        return new ServerBook(new FleetLimits(9, 2, LOST_AFTER, Duration.ofSeconds(20), packing), NOW);
    }

    private static void ready(ServerBook book, String serverId, String host, @Nullable String matchId, Instant now) {
        book.learn(
                new Placement(
                        serverId,
                        "drag-race",
                        "t1",
                        host,
                        List.of(new PublicKey("pem", "pin " + serverId)),
                        false,
                        true),
                now);
        book.ready(readyEvent(serverId, matchId, now), now);
    }

    private static String taken(ServerBook book, Instant now) {
        StartStep step = book.start(request("m", 1, null), MODE, FRESH, now).step();
        return ((StartStep.Take) step).serverId();
    }
}

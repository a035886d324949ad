package dev.paddock.local.play;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.match.Loadout;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.match.MatchResult.Outcome;
import dev.paddock.protocol.match.Standing;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Instant REQUESTED = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void aMatchOnAStandbyServerIsDrawnAsRaceAndStops() {
        assertThat(TextReport.of(report(1, match(standby(), List.of())))).isEqualTo("""
                Match m1 in local on 127.0.0.1:40123, a standby server
                  1. Heron-a              street-one     reaction 0.212 s    12.481 s  top 167 km/h
                  2. Wren-b               street-one     reaction 0.301 s    12.694 s  top 165 km/h  +0.213 s
                  3. Swift-c              street-one      top   0 km/h  false-start

                  From the last ticket's request, in milliseconds:
                  queued         2.00  at     2.00  |##########
                  formed         1.00  at     3.00  |          ####
                  requested      0.50  at     3.50  |              ###
                  assigned       1.00  at     4.50  |                 #####
                  ready          2.00  at     6.50  |                      #########
                  settled        1.00  at     7.50  |                               #####
                  pushed         0.50  at     8.00  |                                    ##
                  told           2.00  at    10.00  |                                      ##########
                  PlayerMatched was here after 9.00 ms
                  PlayerMatched was here after 10.00 ms

                ok: 1 match, 2 players
                """);
    }

    @Test
    void aColdStartAndOtherClocksAreSaid() {
        Map<Stop, Instant> stops = standbyStops();
        stops.put(Stop.STARTED, REQUESTED.plusMillis(5));

        String text = TextReport.match(match(
                Timeline.of(
                        true,
                        REQUESTED.minusSeconds(7),
                        stops,
                        List.of(REQUESTED.minusSeconds(7).plusMillis(10)),
                        Duration.ofSeconds(7)),
                List.of()));

        assertThat(text)
                .contains("cold: the server was started for it")
                .contains("  started        0.50  at     5.00  |")
                .contains("PlayerMatched was here after 10.00 ms")
                .contains("The platform's clock is 7000 ms ahead of this machine's");
    }

    @Test
    void aStopWithoutATimeIsMissing() {
        Map<Stop, Instant> stops = standbyStops();
        stops.remove(Stop.SETTLED);
        Timeline timeline = Timeline.of(false, REQUESTED, stops, List.of(REQUESTED.plusMillis(9)), Duration.ZERO);

        PlayReport report = report(1, match(timeline, MatchReport.stopsMissing(timeline)));

        assertThat(report.ok()).isFalse();
        assertThat(TextReport.of(report)).endsWith("\nmissing: match m1: the stop settled has no time\n");
    }

    @Test
    void onlyAColdServerMustHaveBeenStarted() {
        List<Instant> told = List.of(REQUESTED.plusMillis(9));

        assertThat(Timeline.of(false, REQUESTED, standbyStops(), told, Duration.ZERO)
                        .missing())
                .isEmpty();
        assertThat(Timeline.of(true, REQUESTED, standbyStops(), told, Duration.ZERO)
                        .missing())
                .containsExactly(Stop.STARTED);
    }

    @Test
    void aMatchThatNobodyFinishedHasNoPlaces() {
        MatchReport match = new MatchReport(
                "m1",
                "local",
                "127.0.0.1:40123",
                List.of(),
                new MatchResult(Outcome.ABANDONED, List.of()),
                standby(),
                List.of());

        assertThat(TextReport.match(match)).contains("\n  ABANDONED: nobody has a place\n");
    }

    @Test
    void repeatsAreAFigureForEachStop() {
        assertThat(TextReport.of(report(2, match(standby(), List.of()), match(standby(), List.of()))))
                .isEqualTo("""
                2 matches on standby servers, PlayerMatched received 4 times; milliseconds
                  stop          median       p99       max   share
                  queued          2.00      2.00      2.00   21.1%
                  formed          1.00      1.00      1.00   10.5%
                  requested       0.50      0.50      0.50    5.3%
                  assigned        1.00      1.00      1.00   10.5%
                  ready           2.00      2.00      2.00   21.1%
                  settled         1.00      1.00      1.00   10.5%
                  pushed          0.50      0.50      0.50    5.3%
                  told            1.00      2.00      2.00   15.8%
                  total           9.00     10.00     10.00  100.0%
                Total: from this program sending the request of a match's last ticket to this program having
                PlayerMatched, for each player. A row is the time since the row above; queued counts from that
                request. queued to pushed are the platform's clock; nothing is left out, not even the first match.

                ok: 2 matches, 2 players
                """);
    }

    @Test
    void standbyAndColdMatchesAreCountedApart() {
        Map<Stop, Instant> stops = standbyStops();
        stops.put(Stop.STARTED, REQUESTED.plusMillis(5));
        Timeline cold = Timeline.of(true, REQUESTED, stops, List.of(REQUESTED.plusMillis(300)), Duration.ZERO);

        JsonNode json = Json.read(
                JsonReport.of(report(2, match(standby(), List.of()), match(cold, List.of()))), JsonNode.class);

        assertThat(json.at("/summary/standby/matches").asInt()).isEqualTo(1);
        assertThat(json.at("/summary/cold/total/medianMs").asDouble()).isEqualTo(300);
        assertThat(json.at("/matches/0/start").asText()).isEqualTo("standby");
        assertThat(json.at("/matches/1/start").asText()).isEqualTo("cold");
        assertThat(json.at("/matches/0/stops/7/atMs").asDouble()).isEqualTo(10);
        assertThat(json.at("/ok").asBoolean()).isTrue();
    }

    private static PlayReport report(int repeat, MatchReport... matches) {
        PlayOptions options = new PlayOptions(
                URI.create("http://127.0.0.1:8080"),
                "drag-race",
                2,
                repeat,
                Until.RESULT,
                Duration.ofSeconds(1),
                null,
                Duration.ofSeconds(60),
                7);
        return new PlayReport(options, List.of("Heron-a", "Wren-b"), List.of(matches), List.of());
    }

    private static MatchReport match(Timeline timeline, List<String> missing) {
        Loadout car = new Loadout("street-one", List.of(), Map.of());
        return new MatchReport(
                "m1",
                "local",
                "127.0.0.1:40123",
                List.of(
                        new MatchPlayer("a", "Heron-a", 0, car),
                        new MatchPlayer("b", "Wren-b", 1, car),
                        new MatchPlayer("c", "Swift-c", 2, car)),
                new MatchResult(
                        Outcome.FINISHED,
                        List.of(
                                new Standing(
                                        "a",
                                        1,
                                        null,
                                        Map.of("seconds", 12.481, "reactionMs", 212.0, "topSpeedKmh", 166.7)),
                                new Standing(
                                        "b",
                                        2,
                                        null,
                                        Map.of("seconds", 12.694, "reactionMs", 301.0, "topSpeedKmh", 165.2)),
                                new Standing("c", 3, "false-start", Map.of("topSpeedKmh", 0.0)))),
                timeline,
                missing);
    }

    private static Timeline standby() {
        return Timeline.of(
                false,
                REQUESTED,
                standbyStops(),
                List.of(REQUESTED.plusMillis(9), REQUESTED.plusMillis(10)),
                Duration.ZERO);
    }

    private static Map<Stop, Instant> standbyStops() {
        Map<Stop, Instant> stops = new EnumMap<>(Stop.class);
        stops.put(Stop.QUEUED, after(2000));
        stops.put(Stop.FORMED, after(3000));
        stops.put(Stop.REQUESTED, after(3500));
        stops.put(Stop.ASSIGNED, after(4500));
        stops.put(Stop.READY, after(6500));
        stops.put(Stop.SETTLED, after(7500));
        stops.put(Stop.PUSHED, after(8000));
        return stops;
    }

    private static Instant after(long micros) {
        return REQUESTED.plusNanos(micros * 1000);
    }
}

package dev.paddock.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final String RULES = """
            {"type":"Rules","version":1,"at":"2026-01-01T00:00:00Z","mode":"duel","regions":["eu","us"],\
            "matching":{"teams":{"count":2,"size":1},"rank":{"start":100,"widenPerSecond":10,"limit":500},\
            "latency":{"start":100,"widenPerSecond":0,"limit":100},"ticketLifetime":"1m"}}
            """;

    private final Watch watch = new Watch();

    @TempDir
    Path folder;

    /**
     * Worked out by hand. a (1500, since 0 s) and b (1700, since 2 s) are 200 apart: b's window, 100 + 10 a second, is that
     * wide 10 s after it came: at 12 s. c comes at 20 s and meets d, 50 apart, when d comes at 21 s. e fits nobody, and
     * expires a minute after 22 s. f is taken back at 30 s. g, who came at 85 s, still waits at the end, 90 s.
     */
    private static final List<String> LINES = List.of(
            queued(0, "a", 1500, 20, 90),
            queued(2, "b", 1700, 40, 30),
            queued(20, "c", 1000, 30, 95),
            queued(21, "d", 1050, 60, 95),
            queued(22, "e", 3000, 10, 90),
            queued(23, "f", 100, 10, 90),
            "{\"type\":\"Left\",\"at\":\"2026-01-01T00:00:25Z\",\"ticketId\":\"a\"}",
            "{\"type\":\"Left\",\"at\":\"2026-01-01T00:00:30Z\",\"ticketId\":\"f\"}",
            queued(85, "g", 100, 10, 90),
            "{\"type\":\"Dropped\",\"at\":\"2026-01-01T00:01:30Z\",\"count\":0}");

    @Test
    void aRecordingComesToWhatWasWorkedOutByHand() throws IOException {
        Recording recording = recording(LINES);

        Replay.Outcome outcome = Replay.run(recording, null, watch.over(ManagersMatcher::new), null);

        assertThat(watch.made())
                .extracting(Watch.Made::at)
                .containsExactly(START.plusSeconds(12), START.plusSeconds(21));
        assertThat(watch.made()).extracting(match -> match.group().region()).containsExactly("eu", "eu");
        assertThat(outcome.summary().json().toString())
                .isEqualTo("{tickets=7, players=7, matches=2, matchedTickets=4, leftTickets=1, expiredTickets=1,"
                        + " waitingTickets=1, unmatchedPercent=42.9, timeInQueueMeanSeconds=13.57, waitMeanSeconds=5.75, waitP50Seconds=1.00, waitP95Seconds=12.00,"
                        + " waitP99Seconds=12.00, ratingDifferenceMean=125.0, ratingDifferenceP50=50.0,"
                        + " ratingDifferenceP95=200.0, teamDifferenceMean=125.0, teamDifferenceP50=50.0,"
                        + " teamDifferenceP95=200.0, worstLatencyP50Ms=40, worstLatencyP95Ms=60}");
    }

    @Test
    void whatComesAfterTheGivenTimeIsNotLookedAt() throws IOException {
        Replay.Outcome outcome =
                Replay.run(recording(LINES), null, watch.over(ManagersMatcher::new), START.plusSeconds(20));

        assertThat(watch.made()).hasSize(1);
        assertThat(outcome.summary().json().toString())
                .startsWith("{tickets=3, players=3, matches=1, matchedTickets=2, leftTickets=0, expiredTickets=0,"
                        + " waitingTickets=1, unmatchedPercent=33.3, timeInQueueMeanSeconds=7.33,");
    }

    @Test
    void theRulesOfALaterLineHoldFromThereOn() throws IOException {
        String wider = RULES.strip()
                .replace("\"start\":100,\"widenPerSecond\":10", "\"start\":300,\"widenPerSecond\":10")
                .replace("00:00:00Z", "00:00:05Z");
        Recording recording = recording(List.of(queued(0, "a", 1500, 20, 90), queued(2, "b", 1700, 40, 30), wider));

        Replay.run(recording, null, watch.over(ManagersMatcher::new), null);

        assertThat(watch.made()).extracting(Watch.Made::at).containsExactly(START.plusSeconds(5));
    }

    @Test
    void aTicketThatIsSaidAgainHasChangedIfItWaitsAndIsPassedOverIfItDoesNot() throws IOException {
        Recording recording = recording(List.of(
                queued(0, "a", 1000, 20, 90),
                queued(1, "a", 1500, 20, 90),
                queued(2, "b", 1500, 20, 90),
                queued(3, "a", 1500, 20, 90),
                queued(4, "c", 1500, 20, 90)));

        Replay.Outcome outcome = Replay.run(recording, null, watch.over(ManagersMatcher::new), null);

        assertThat(watch.met()).containsExactly(Set.of("a", "b"));
        assertThat(outcome.summary().get(Figure.TICKETS)).hasValue(3);
    }

    @Test
    void aTicketThatComesBackIsMatchedAgainWithItsOldWaitingTime() throws IOException {
        String back = "{\"type\":\"Queued\",\"at\":\"2026-01-01T00:00:10Z\",\"since\":\"2026-01-01T00:00:00Z\","
                + "\"returned\":true,\"ticketId\":\"a\",\"players\":[{\"playerId\":\"a\",\"rating\":1500}]}";
        Recording recording = recording(List.of(
                queued(0, "a", 1500, 20, 90), queued(1, "b", 1500, 20, 90), back, queued(11, "c", 1500, 20, 90)));

        Replay.Outcome outcome = Replay.run(recording, null, watch.over(ManagersMatcher::new), null);

        assertThat(outcome.summary().get(Figure.TICKETS)).hasValue(3);
        assertThat(outcome.summary().get(Figure.WAIT_P95).orElseThrow()).isEqualTo(11);
    }

    @Test
    void theBaselineTakesTheOldestThatFits() throws IOException {
        Recording recording = recording(
                List.of(queued(0, "a", 1400, 20, 90), queued(0, "b", 1560, 20, 90), queued(1, "c", 1490, 20, 90)));

        Replay.run(recording, null, watch.over(GreedyOldestFirst::new), null);

        assertThat(watch.made()).hasSize(1);
        assertThat(watch.made().getFirst().group().tickets())
                .extracting(ticket -> ticket.ticketId())
                .containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void whatHappenedIsSummedUpFromTheRecordedMatches() throws IOException {
        Recording recording = recording(List.of(
                queued(0, "a", 1400, 20, 90),
                queued(1, "b", 1560, 40, 90),
                "{\"type\":\"Formed\",\"at\":\"2026-01-01T00:00:04Z\",\"region\":\"eu\",\"teams\":[[\"a\"],[\"b\"]]}"));

        Summary happened = Replay.run(recording, null, AsRecorded::new, null).summary();

        assertThat(happened.get(Figure.WAIT_MEAN).orElseThrow()).isCloseTo(3.5, within(1e-9));
        assertThat(happened.get(Figure.RATING_MEAN).orElseThrow()).isEqualTo(160);
        assertThat(happened.get(Figure.LATENCY_P50).orElseThrow()).isEqualTo(40);
    }

    private Recording recording(List<String> lines) throws IOException {
        Path file = folder.resolve("recording.jsonl");
        Files.writeString(file, RULES + String.join("\n", lines));
        return Recording.open(file);
    }

    private static String queued(int second, String id, int rating, int eu, int us) {
        return "{\"type\":\"Queued\",\"at\":\"%s\",\"ticketId\":\"%s\",\"players\":[{\"playerId\":\"%s\",\"rating\":%d,\"latencies\":{\"eu\":%d,\"us\":%d}}]}"
                .formatted(START.plusSeconds(second), id, id, rating, eu, us);
    }
}

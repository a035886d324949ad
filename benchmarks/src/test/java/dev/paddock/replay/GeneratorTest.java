package dev.paddock.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.manager.recording.RecordedLine;
import dev.paddock.manager.recording.RecordedLine.Left;
import dev.paddock.manager.recording.RecordedLine.Queued;
import dev.paddock.manager.recording.RecordedLine.RecordedPlayer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratorTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<RecordedLine> DUEL = Generator.generate(Generator.Kind.DUEL, 20_000, HOUR, 7);
    private static final List<RecordedLine> TEAMS = Generator.generate(Generator.Kind.TEAMS, 20_000, HOUR, 7);

    @Test
    void theSameSeedMakesTheSameRecordingAndAnotherSeedAnother() {
        assertThat(Generator.generate(Generator.Kind.DUEL, 500, HOUR, 3))
                .isEqualTo(Generator.generate(Generator.Kind.DUEL, 500, HOUR, 3))
                .isNotEqualTo(Generator.generate(Generator.Kind.DUEL, 500, HOUR, 4));
    }

    @Test
    void theExamplesAreWhatTheDocsSayHowToMake() throws IOException {
        Path examples = Path.of("..", "examples", "recordings");

        assertThat(RecordingTest.read(examples.resolve("duel.jsonl.gz")))
                .isEqualTo(Generator.generate(Generator.Kind.DUEL, 6000, Duration.ofSeconds(900), 1));
        assertThat(RecordingTest.read(examples.resolve("teams.jsonl.gz")))
                .isEqualTo(Generator.generate(Generator.Kind.TEAMS, 4000, Duration.ofSeconds(3600), 2));
    }

    @Test
    void ratingsAreNormalBesideNewcomers() {
        double[] ratings = players(DUEL).stream()
                .mapToDouble(RecordedPlayer::rating)
                .filter(rating -> rating != Population.MEAN_RATING)
                .toArray();
        double mean = java.util.Arrays.stream(ratings).average().orElseThrow();
        double variance = java.util.Arrays.stream(ratings)
                .map(rating -> (rating - mean) * (rating - mean))
                .average()
                .orElseThrow();
        double near = java.util.Arrays.stream(ratings)
                        .filter(rating -> Math.abs(rating - Population.MEAN_RATING) < Population.RATING_DEVIATION)
                        .count()
                / (double) ratings.length;

        // Four standard errors of 18 000 draws.
        assertThat(mean).isCloseTo(Population.MEAN_RATING, within(11.0));
        assertThat(Math.sqrt(variance)).isCloseTo(Population.RATING_DEVIATION, within(8.0));
        assertThat(near).isCloseTo(0.683, within(0.014));
        assertThat(ratings.length / 20_000.0).isCloseTo(1 - Population.NEWCOMERS, within(0.01));
    }

    @Test
    void arrivalsComeInOneWave() {
        long trough = arrivedBetween(0.2, 0.4);
        long peak = arrivedBetween(0.7, 0.9);

        // The mean of the rate over a fifth of the wave, around its ends: 1 ± 0.6 × 0.935.
        assertThat(trough / 20_000.0).isCloseTo(0.2 * (1 - 0.561), within(0.01));
        assertThat(peak / 20_000.0).isCloseTo(0.2 * (1 + 0.561), within(0.01));
    }

    @Test
    void halfOfThePlayersHaveLessThanTheMedianToTheirNearestRegion() {
        List<Integer> nearest = players(DUEL).stream()
                .filter(player -> player.latencies() != null)
                .map(player -> player.latencies().values().stream()
                        .min(Integer::compare)
                        .orElseThrow())
                .sorted()
                .toList();

        assertThat(nearest.get(nearest.size() / 2)).isBetween(27, 29);
        assertThat(nearest.size() / 20_000.0).isCloseTo(0.97, within(0.01));
    }

    @Test
    void partiesHaveTheSizesThatAreSaid() {
        List<Queued> tickets = queued(TEAMS);
        double alone =
                tickets.stream().filter(ticket -> ticket.players().size() == 1).count();

        assertThat(alone / tickets.size()).isCloseTo(0.62, within(0.02));
        assertThat(tickets).allMatch(ticket -> ticket.players().size() <= 5);
        assertThat(players(TEAMS)).hasSize(20_000);
    }

    @Test
    void patienceIsFourMinutesOnAverage() {
        // Who leaves within two minutes, of those who came in the first half: 1 - e^(-2/4).
        List<Queued> early = queued(DUEL).stream()
                .filter(ticket ->
                        Duration.between(DUEL.getFirst().at(), ticket.at()).compareTo(HOUR.dividedBy(2)) < 0)
                .toList();
        java.util.Map<String, Left> left = new java.util.HashMap<>();
        DUEL.stream()
                .filter(Left.class::isInstance)
                .map(Left.class::cast)
                .forEach(line -> left.put(line.ticketId(), line));
        double soon = early.stream()
                .filter(ticket -> left.containsKey(ticket.ticketId())
                        && Duration.between(
                                                ticket.at(),
                                                left.get(ticket.ticketId()).at())
                                        .toSeconds()
                                < 120)
                .count();

        assertThat(soon / early.size()).isCloseTo(0.393, within(0.03));
    }

    private static long arrivedBetween(double from, double to) {
        return queued(DUEL).stream()
                .mapToDouble(ticket ->
                        Duration.between(DUEL.getFirst().at(), ticket.at()).toMillis() / (double) HOUR.toMillis())
                .filter(share -> from <= share && share < to)
                .count();
    }

    private static List<Queued> queued(List<RecordedLine> recording) {
        return recording.stream()
                .filter(Queued.class::isInstance)
                .map(Queued.class::cast)
                .toList();
    }

    private static List<RecordedPlayer> players(List<RecordedLine> recording) {
        return queued(recording).stream()
                .flatMap(ticket -> ticket.players().stream())
                .toList();
    }
}

package dev.paddock.dragrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.protocol.game.Driver;
import dev.paddock.protocol.game.FromServer.Grid;
import dev.paddock.protocol.game.FromServer.Phase;
import dev.paddock.protocol.game.FromServer.Snapshot;
import dev.paddock.protocol.game.ToServer;
import dev.paddock.protocol.match.Loadout;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.match.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RaceStateTest {
    private static final Grid GRID = new Grid(RaceState.METRES, Car.GEARS, Car.SHIFT_RPM, Car.REDLINE_RPM);
    private static final int SECOND = RaceState.STEPS_PER_SECOND;
    private static final int LONG = 100 * SECOND;

    private final RaceState race = race(Map.of(), Map.of());

    @Test
    void aSensibleDriverOfTheUsualCarTakesTenToThirteenSeconds() {
        Standing winner = driven(race, "ada", "bob").standings().getFirst();

        assertThat(winner.stats().get("seconds")).isBetween(10.0, 13.0);
        assertThat(winner.stats().get("topSpeedKmh")).isBetween(150.0, 230.0);
    }

    @Test
    void equalDriversInEqualCarsDraw() {
        assertThat(driven(race, "ada", "bob").standings())
                .extracting(Standing::place)
                .containsExactly(1, 1);
    }

    @Test
    void theSameInputsGiveTheSameRace() {
        assertThat(driven(race(Map.of(), Map.of("powerKw", 250.0)), "ada", "bob"))
                .isEqualTo(driven(race(Map.of(), Map.of("powerKw", 250.0)), "ada", "bob"));
    }

    @ParameterizedTest
    @CsvSource({"powerKw, 300", "massKg, 1000", "grip, 1.6", "shiftMs, 50"})
    void aBetterCarWins(String stat, double value) {
        MatchResult result = driven(race(Map.of(), Map.of(stat, value)), "ada", "bob");

        assertThat(result.standings()).extracting(Standing::playerId).containsExactly("bob", "ada");
        assertThat(result.standings()).extracting(Standing::place).containsExactly(1, 2);
    }

    @ParameterizedTest
    @CsvSource({
        "powerKw, 1e300",
        "powerKw, -5",
        "powerKw, NaN",
        "massKg, 0",
        "massKg, NaN",
        "grip, 0",
        "grip, 1e9",
        "shiftMs, -1",
        "shiftMs, 1e9"
    })
    void anAbsurdStatStillGivesARace(String stat, double value) {
        for (Standing standing :
                driven(race(Map.of(stat, value), Map.of()), "ada", "bob").standings()) {
            assertThat(standing.stats().values())
                    .allSatisfy(figure -> assertThat(figure).isFinite());
        }
    }

    @Test
    void fullThrottleInFirstGearNeverTakesTheEngineOverItsRedline() {
        startRacing();
        race.drive("ada", 1, 1);
        for (int i = 0; i < 8 * SECOND; i++) {
            race.step();
            assertThat(race.racers().getFirst().rpm()).isLessThanOrEqualTo(Car.REDLINE_RPM);
        }
        assertThat(race.racers().getFirst().speedKmh()).isLessThan(80);
    }

    @Test
    void throttleBeforeGreenLoses() {
        joinBoth();
        stepUntil(Phase.COUNTDOWN);
        race.drive("ada", 0.1, 1);

        race.step();

        assertThat(race.phase()).isEqualTo(Phase.OVER);
        assertPlaces("bob 1 null", "ada 2 false-start");
    }

    @Test
    void twoFalseStartsAreADraw() {
        joinBoth();
        stepUntil(Phase.COUNTDOWN);
        race.drive("ada", 1, 1);
        race.drive("bob", 1, 1);

        race.step();

        assertPlaces("ada 1 false-start", "bob 1 false-start");
    }

    @Test
    void whoResignsLosesAtOnce() {
        startRacing();
        race.resign("bob");

        race.step();

        assertThat(race.phase()).isEqualTo(Phase.OVER);
        assertPlaces("ada 1 null", "bob 2 resigned");
    }

    @Test
    void whoDoesNotComeWithinFiveSecondsOfTheFirstIsAbsent() {
        race.joined("ada");
        step(5 * SECOND - 2);
        assertThat(race.phase()).isEqualTo(Phase.WAITING);

        step(3);

        assertThat(race.phase()).isEqualTo(Phase.OVER);
        assertPlaces("ada 1 null", "bob 2 absent");
    }

    @Test
    void nobodyIsAbsentWhileNobodyHasCome() {
        step(LONG);

        assertThat(race.phase()).isEqualTo(Phase.WAITING);
    }

    @Test
    void whoLeavesCoastsAndMayComeBack() {
        startRacing();
        race.drive("ada", 1, 1);
        step(SECOND);
        double before = race.racers().getFirst().speedKmh();
        race.left("ada");
        step(SECOND);
        assertThat(race.racers().getFirst().speedKmh()).isBetween(1.0, before);

        race.joined("ada");
        race.drive("ada", 1, 2);
        step(2 * SECOND);

        assertThat(race.racers().getFirst().speedKmh()).isGreaterThan(before);
    }

    @Test
    void whoIsTenSecondsBehindTheFirstDidNotFinish() {
        joinBoth();

        MatchResult result = driven(race, "ada");

        assertThat(result.standings().getLast().note()).isEqualTo("did-not-finish");
        assertThat(race.atMs()).isZero();
    }

    @Test
    void aRaceThatNobodyFinishesEnds() {
        startRacing();

        step(60 * SECOND);

        assertThat(race.phase()).isEqualTo(Phase.OVER);
        assertPlaces("ada 1 did-not-finish", "bob 1 did-not-finish");
    }

    @Test
    void greenIsRandomAndNeverSoonerThanTheLightsSay() {
        Set<Long> greens = new TreeSet<>();
        for (int seed = 0; seed < 50; seed++) {
            RaceState other = new RaceState(players(Map.of(), Map.of()), new Random(seed));
            other.joined("ada");
            other.joined("bob");
            long waited = 0;
            long promised = 0;
            while (other.phase() != Phase.RACING) {
                promised = Math.max(promised, waited + other.startsInMs() * SECOND / 1000);
                other.step();
                waited++;
            }
            assertThat(waited).isGreaterThanOrEqualTo(promised - 1);
            greens.add(waited);
        }
        assertThat(greens).hasSizeGreaterThan(20);
        assertThat(greens).allSatisfy(green -> assertThat(green).isBetween(180L, 362L));
    }

    @Test
    void theTimeIsTakenWithinTheStep() {
        Standing winner = driven(race, "ada", "bob").standings().getFirst();

        double steps = winner.stats().getOrDefault("seconds", Double.NaN) * SECOND;

        assertThat(Math.abs(steps - Math.rint(steps))).isGreaterThan(1e-3);
    }

    private void joinBoth() {
        race.joined("ada");
        race.joined("bob");
    }

    private void startRacing() {
        joinBoth();
        stepUntil(Phase.RACING);
    }

    private void stepUntil(Phase phase) {
        for (int i = 0; i < LONG && race.phase() != phase; i++) {
            race.step();
        }
        assertThat(race.phase()).isEqualTo(phase);
    }

    private void step(int steps) {
        for (int i = 0; i < steps; i++) {
            race.step();
        }
    }

    private void assertPlaces(String... places) {
        assertThat(RaceResult.of(race).standings())
                .extracting(standing -> standing.playerId() + " " + standing.place() + " " + standing.note())
                .containsExactly(places);
    }

    /** Lets those drive who are named, as often as they see a snapshot. */
    private static MatchResult driven(RaceState race, String... driving) {
        race.joined("ada");
        race.joined("bob");
        List<String> names = new ArrayList<>(List.of(driving));
        for (int i = 0; i < LONG && race.phase() != Phase.OVER; i++) {
            if (i % 4 == 0) {
                Snapshot seen = new Snapshot(race.steps(), race.atMs(), race.phase(), race.racers());
                for (String name : names) {
                    ToServer.Input input = new Driver(GRID, name).react(seen);
                    race.drive(name, input.throttle(), input.gear());
                }
            }
            race.step();
        }
        assertThat(race.phase()).isEqualTo(Phase.OVER);
        return RaceResult.of(race);
    }

    private static RaceState race(Map<String, Double> ada, Map<String, Double> bob) {
        return new RaceState(players(ada, bob), new Random(7));
    }

    private static List<MatchPlayer> players(Map<String, Double> ada, Map<String, Double> bob) {
        return List.of(
                new MatchPlayer("ada", "Ada", 0, new Loadout("c", List.of(), ada)),
                new MatchPlayer("bob", "Bob", 1, new Loadout("c", List.of(), bob)));
    }
}

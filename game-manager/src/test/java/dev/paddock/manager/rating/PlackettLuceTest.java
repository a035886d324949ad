package dev.paddock.manager.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against figures that OpenSkill's README and tests publish for the same algorithm, and for what holds of any figures. */
class PlackettLuceTest {
    private static final Rating NEWCOMER = new Rating(25, 25.0 / 3);
    private static final PlackettLuce OPEN_SKILL = new PlackettLuce(25.0 / 6, 0);
    private static final PlackettLuce OPEN_SKILL_WITH_DRIFT = new PlackettLuce(25.0 / 6, 25.0 / 300);
    private static final PlackettLuce OURS = new PlackettLuce();

    @Test
    void theExampleOfOpenSkillsReadme() {
        List<List<Rating>> after = OPEN_SKILL.after(List.of(
                new Side(1, List.of(NEWCOMER, new Rating(32.444, 5.123))),
                new Side(2, List.of(new Rating(43.381, 2.421), new Rating(25.188, 6.211)))));

        assertRatings(
                after,
                28.669648436582808,
                8.071520788025197,
                33.83086971107981,
                5.062772998705765,
                43.071274808241974,
                2.4166900452721256,
                23.149503312339064,
                6.1378606973362135);
    }

    @Test
    void theExampleOfAFreeForAll() {
        List<List<Rating>> after = OPEN_SKILL.after(
                List.of(alone(4, NEWCOMER), alone(1, NEWCOMER), alone(3, NEWCOMER), alone(2, NEWCOMER)));

        assertRatings(
                after,
                20.96265504062538,
                8.083731307186588,
                27.795084971874736,
                8.263160757613477,
                24.68943500312503,
                8.083731307186588,
                26.552824984374855,
                8.179213704945203);
    }

    @Test
    void theExampleOfADrawForSecondPlace() {
        List<List<Rating>> after = OPEN_SKILL_WITH_DRIFT.after(
                List.of(alone(1, new Rating(10, 8)), alone(2, new Rating(5, 10)), alone(2, new Rating(0, 12))));

        assertRatings(
                after,
                11.942996666741225,
                7.926888197620324,
                2.9381178546315034,
                9.653804487570165,
                -1.4024317012198733,
                11.323641575516767);
    }

    @Test
    void theExampleOfTeamsOfDifferentSizes() {
        List<List<Rating>> after = OPEN_SKILL.after(List.of(
                new Side(1, List.of(NEWCOMER, NEWCOMER, NEWCOMER)),
                alone(2, NEWCOMER),
                new Side(3, List.of(NEWCOMER, NEWCOMER))));

        assertThat(after.stream().map(List::getFirst).map(Rating::mean).toList())
                .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1, Double.class)
                .containsExactly(25.939870821784513, 27.21366020491262, 21.84646897330287);
    }

    @Test
    void ourScaleIsSixtyTimesThatOfOpenSkill() {
        Rating after = OURS.after(List.of(alone(1, Rating.FIRST), alone(2, Rating.FIRST)))
                .getFirst()
                .getFirst();

        // OpenSkill's own figures for the winner of the first match of two.
        assertThat(after.mean()).isCloseTo(60 * 27.635389493140497, within(1e-9));
        assertThat(after.uncertainty()).isCloseTo(60 * 8.06590141354368, within(1e-9));
    }

    @Test
    void aDrawOfEqualsMovesNobodyAndMakesBothSurer() {
        List<List<Rating>> after = OURS.after(List.of(alone(1, Rating.FIRST), alone(1, Rating.FIRST)));

        for (List<Rating> side : after) {
            assertThat(side.getFirst().mean()).isCloseTo(1500, within(1e-9));
            assertThat(side.getFirst().uncertainty()).isLessThan(500);
        }
    }

    @Test
    void aDrawBringsUnequalsNearerToEachOther() {
        List<List<Rating>> after =
                OURS.after(List.of(alone(1, new Rating(1800, 200)), alone(1, new Rating(1400, 200))));

        assertThat(after.get(0).getFirst().mean()).isLessThan(1800);
        assertThat(after.get(1).getFirst().mean()).isGreaterThan(1400);
    }

    @Test
    void whatTheWinnerOfTwoGainsTheEquallySureLoserLoses() {
        List<List<Rating>> after =
                OURS.after(List.of(alone(1, new Rating(1300, 170)), alone(2, new Rating(1720, 170))));

        double gained = after.get(0).getFirst().mean() - 1300;
        double lost = 1720 - after.get(1).getFirst().mean();
        assertThat(gained).isCloseTo(lost, within(1e-9)).isPositive();
    }

    @Test
    void aSurpriseMovesMoreThanWhatWasExpected() {
        double expected = gain(new Rating(1900, 150), new Rating(1300, 150));
        double surprise = gain(new Rating(1300, 150), new Rating(1900, 150));

        assertThat(surprise).isGreaterThan(4 * expected);
    }

    @Test
    void aNewcomerMovesFartherThanAnOldHandWhoDoesTheSame() {
        assertThat(gain(Rating.FIRST, new Rating(1500, 100)))
                .isGreaterThan(10 * gain(new Rating(1500, 100), Rating.FIRST));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void theOrderInWhichSidesAreNamedIsOfNoImportance(int seed) {
        Random random = new Random(seed);
        List<Side> sides = new ArrayList<>(sides(random));
        List<List<Rating>> after = OURS.after(sides);
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, sides.size()).boxed().toList());
        Collections.shuffle(order, random);

        List<List<Rating>> shuffled = OURS.after(order.stream().map(sides::get).toList());

        for (int i = 0; i < order.size(); i++) {
            List<Rating> expected = after.get(order.get(i));
            for (int player = 0; player < expected.size(); player++) {
                assertClose(shuffled.get(i).get(player), expected.get(player));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void theFirstGainsTheLastLosesAndNobodyGetsLessSure(int seed) {
        List<Side> sides = sides(new Random(seed));

        List<List<Rating>> after = OURS.after(sides);

        for (int i = 0; i < sides.size(); i++) {
            Side side = sides.get(i);
            for (int player = 0; player < side.players().size(); player++) {
                Rating was = side.players().get(player);
                Rating is = after.get(i).get(player);
                // But for what strength may have drifted since the last match.
                assertThat(is.uncertainty()).isLessThanOrEqualTo(Math.hypot(was.uncertainty(), 5));
                if (side.place() == 1) {
                    assertThat(is.mean()).isGreaterThan(was.mean());
                }
                if (side.place() == sides.size()) {
                    assertThat(is.mean()).isLessThan(was.mean());
                }
            }
        }
    }

    @Test
    void ratingsFindTheirPlaceAfterSomeMatches() {
        Random random = new Random(7);
        double[] truth = DoubleStream.iterate(900, mean -> mean + 150).limit(10).toArray();
        List<Rating> ratings = new ArrayList<>(Collections.nCopies(10, Rating.FIRST));

        for (int match = 0; match < 1500; match++) {
            int a = random.nextInt(10);
            int b = (a + 1 + random.nextInt(9)) % 10;
            boolean first = random.nextDouble() < 1 / (1 + Math.exp((truth[b] - truth[a]) / (250 * Math.sqrt(2))));
            List<List<Rating>> after =
                    OURS.after(List.of(alone(first ? 1 : 2, ratings.get(a)), alone(first ? 2 : 1, ratings.get(b))));
            ratings.set(a, after.get(0).getFirst());
            ratings.set(b, after.get(1).getFirst());
        }

        for (int i = 0; i < 10; i++) {
            assertThat(ratings.get(i).mean())
                    .as("player %d", i)
                    .isCloseTo(
                            truth[i] + mean(ratings) - 1575,
                            within(3 * ratings.get(i).uncertainty()));
            assertThat(ratings.get(i).uncertainty()).isLessThan(200);
        }
        assertThat(ratings.getLast().mean()).isGreaterThan(ratings.getFirst().mean() + 800);
    }

    @Test
    void differencesBeyondAllMeasureStayFinite() {
        List<List<Rating>> after = OURS.after(
                List.of(alone(2, new Rating(1e9, 1)), alone(1, new Rating(-1e9, 500)), alone(3, Rating.FIRST)));

        assertThat(after).hasSize(3).allSatisfy(side -> assertThat(side).hasSize(1));
    }

    @Test
    void aSideAloneHasNobodyToBeComparedWith() {
        assertThat(OURS.after(List.of(alone(1, Rating.FIRST)))).containsExactly(List.of(Rating.FIRST));
        assertThat(OURS.after(List.of())).isEmpty();
    }

    @Test
    void whatIsNoRatingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Rating(Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> new Rating(1500, 0));
        assertThrows(IllegalArgumentException.class, () -> new Side(1, List.of()));
    }

    private static double gain(Rating winner, Rating loser) {
        return OURS.after(List.of(alone(1, winner), alone(2, loser)))
                        .getFirst()
                        .getFirst()
                        .mean()
                - winner.mean();
    }

    private static double mean(List<Rating> ratings) {
        return ratings.stream().mapToDouble(Rating::mean).average().orElseThrow();
    }

    /** Two to six sides of one to four, each in a place of its own. */
    private static List<Side> sides(Random random) {
        int count = 2 + random.nextInt(5);
        return IntStream.rangeClosed(1, count)
                .mapToObj(place -> new Side(
                        place,
                        IntStream.range(0, 1 + random.nextInt(4))
                                .mapToObj(i -> new Rating(1000 + random.nextInt(1000), 60 + random.nextInt(440)))
                                .toList()))
                .toList();
    }

    private static Side alone(int place, Rating player) {
        return new Side(place, List.of(player));
    }

    /** @param expected mean and uncertainty of each player */
    private static void assertRatings(List<List<Rating>> actual, double... expected) {
        List<Rating> players = actual.stream().flatMap(List::stream).toList();
        assertThat(players).hasSize(expected.length / 2);
        for (int i = 0; i < players.size(); i++) {
            assertClose(players.get(i), new Rating(expected[2 * i], expected[2 * i + 1]));
        }
    }

    private static void assertClose(Rating actual, Rating expected) {
        assertThat(actual.mean()).isCloseTo(expected.mean(), within(1e-9));
        assertThat(actual.uncertainty()).isCloseTo(expected.uncertainty(), within(1e-9));
    }
}

package dev.paddock.manager.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.manager.garage.Loadouts;
import dev.paddock.manager.match.FinishedMatch.FinishedPlayer;
import dev.paddock.manager.rating.Rating;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.Standing;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NewRatingsTest {
    private static final Rating OLD_HAND = new Rating(1800, 120);

    @Test
    void theWinnerGainsAndTheLoserLoses() {
        Map<String, Rating> after =
                NewRatings.after(List.of(player("ann", 0), player("bob", 1)), places("bob", 1, "ann", 2), Map.of());

        assertThat(mean(after, "bob")).isGreaterThan(1500);
        assertThat(mean(after, "ann")).isLessThan(1500);
    }

    @Test
    void allOfATeamShareThePlaceOfItsBest() {
        List<FinishedPlayer> players = List.of(player("ann", 0), player("bob", 1), player("cat", 0), player("dan", 1));

        Map<String, Rating> after =
                NewRatings.after(players, places("ann", 1, "bob", 2, "dan", 3, "cat", 4), Map.of("cat", OLD_HAND));

        assertThat(mean(after, "ann")).isGreaterThan(1500);
        assertThat(mean(after, "cat")).isGreaterThan(1800);
        // Who was surer is moved less by the same match.
        assertThat(mean(after, "cat") - 1800).isLessThan(mean(after, "ann") - 1500);
        assertThat(mean(after, "bob")).isEqualTo(mean(after, "dan"));
        assertThat(mean(after, "bob")).isLessThan(1500);
    }

    @Test
    void aDrawOfEqualsMovesNobody() {
        Map<String, Rating> after =
                NewRatings.after(List.of(player("ann", 0), player("bob", 1)), places("ann", 1, "bob", 1), Map.of());

        assertThat(Math.round(mean(after, "ann"))).isEqualTo(1500);
        assertThat(Math.round(mean(after, "bob"))).isEqualTo(1500);
    }

    @Test
    void oneTeamAloneIsNotRated() {
        Map<String, Rating> after = NewRatings.after(
                List.of(player("ann", 0), player("bob", 0)), places("ann", 1, "bob", 2), Map.of("ann", OLD_HAND));

        assertThat(after).isEqualTo(Map.of("ann", OLD_HAND, "bob", Rating.FIRST));
    }

    @Test
    void whoHasNoStandingAndWhoWasNotInTheMatchAreLeftOut() {
        Map<String, Rating> after = NewRatings.after(
                List.of(player("ann", 0), player("bob", 1), player("cat", 2)),
                places("ann", 1, "bob", 2, "stranger", 3),
                Map.of());

        assertThat(after).containsOnlyKeys("ann", "bob");
    }

    private static double mean(Map<String, Rating> after, String playerId) {
        return Objects.requireNonNull(after.get(playerId)).mean();
    }

    private static FinishedPlayer player(String playerId, int team) {
        return new FinishedPlayer(new MatchPlayer(playerId, playerId, team, Loadouts.DEFAULT), null, null);
    }

    /** @param places player, place, player, place, … */
    private static Map<String, Standing> places(Object... places) {
        List<Object> words = Arrays.asList(places);
        return IntStream.range(0, places.length / 2)
                .mapToObj(i -> new Standing((String) words.get(2 * i), (Integer) words.get(2 * i + 1), null, Map.of()))
                .collect(Collectors.toMap(Standing::playerId, Function.identity()));
    }
}

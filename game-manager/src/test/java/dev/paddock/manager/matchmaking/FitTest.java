package dev.paddock.manager.matchmaking;

import static dev.paddock.manager.matchmaking.Waiters.DUEL;
import static dev.paddock.manager.matchmaking.Waiters.NOW;
import static dev.paddock.manager.matchmaking.Waiters.avoiding;
import static dev.paddock.manager.matchmaking.Waiters.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A difference in rating lies in the windows of both, whoever asks and however many play. */
class FitTest {
    private static final List<String> EU = List.of("eu");
    private static final Window RANK = new Window(100, 25, 1000);

    private final Crowd crowd = new Crowd(DUEL, EU);
    private final Fit fit = new Fit(crowd, DUEL.rank());

    enum Game {
        DUEL(new Teams(2, 1)),
        TWO_BY_TWO(new Teams(2, 2)),
        FREE_FOR_ALL(new Teams(3, 1)),
        FEWER_LATER(new Teams(2, 2, 1, Duration.ofSeconds(1)));

        private final Teams teams;

        Game(Teams teams) {
            this.teams = teams;
        }

        MatchingRules rules() {
            return Waiters.rules(teams, RANK);
        }
    }

    @ParameterizedTest
    @CsvSource({"8, 0, false", "0, 8, false", "8, 7.9, false", "7.9, 8, false", "8, 8, true", "60, 8, true"})
    void twoFitIfEachIsInTheWindowOfTheOther(double oneWaited, double otherWaited, boolean fits) {
        int one = crowd.add(ticket("a", 1500, oneWaited), 0);
        int other = crowd.add(ticket("b", 1800, otherWaited), 0);
        long now = crowd.since(NOW);

        assertThat(List.of(fit.fit(one, other, now), fit.fit(other, one, now))).containsOnly(fits);
        assertThat(fit.moment(one, other) <= now).isEqualTo(fits);
        assertThat(fit.moment(other, one) <= now).isEqualTo(fits);
    }

    @Test
    void whoIsAvoidedDoesNotFitNorWillEver() {
        int one = crowd.add(ticket("a", 1500, 9), 0);
        int other = crowd.add(avoiding(ticket("b", 1500, 9), "p-a"), 0);

        assertThat(fit.fit(one, other, crowd.since(NOW))).isFalse();
        assertThat(fit.moment(one, other)).isEqualTo(Window.NEVER);
    }

    @ParameterizedTest
    @EnumSource
    void onePatientPlayerDoesNotDragInNewcomersFromAfar(Game game) {
        assertThat(matches(game, 1700, 60, 0)).isZero();
        assertThat(matches(game, 1700, 60, 4)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void patientPlayersDoNotTakeInOneNewcomerFromAfar(Game game) {
        assertThat(matches(game, 1700, 0, 60)).isZero();
        assertThat(matches(game, 1700, 4, 60)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "4, 0", "5.9, 0", "6, 1"})
    void whoBothFitTheSameOneNeedNotFitEachOther(double newcomerWaited, int matches) {
        List<Ticket> waiting = List.of(
                ticket("patient", 1350, 50), ticket("middle", 1500, 60), ticket("newcomer", 1600, newcomerWaited));

        Proposals found = Waiters.match(waiting, Game.FREE_FOR_ALL.rules(), EU, NOW);

        // 250 apart: (250 - 100) / 25 = 6 s.
        assertThat(found.matches()).hasSize(matches);
    }

    /** One of this rating, and as many of 1500 as are missing, whichever of them comes first. */
    private static int matches(Game game, double rating, double itWaited, double othersWaited) {
        List<Ticket> waiting = new ArrayList<>();
        waiting.add(ticket("one", rating, itWaited));
        int least = game.teams.leastSize() == null ? game.teams.size() : game.teams.leastSize();
        for (int i = 1; i < game.teams.count() * least; i++) {
            waiting.add(ticket("other" + i, 1500, othersWaited));
        }
        int found = Waiters.match(waiting, game.rules(), EU, NOW).matches().size();
        Collections.reverse(waiting);
        assertThat(Waiters.match(waiting, game.rules(), EU, NOW).matches()).hasSize(found);
        return found;
    }
}

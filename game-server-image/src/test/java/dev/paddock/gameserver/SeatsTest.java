package dev.paddock.gameserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.protocol.match.Loadout;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.SeatPlayers;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeatsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final MatchPlayer ADA = player("ada", 0);
    private static final MatchPlayer BOB = player("bob", 1);
    private static final MatchPlayer CID = player("cid", 1);
    private static final MatchPlayer DAN = player("dan", 1);

    private final Seats seats = Seats.of(List.of(ADA, BOB)).open(List.of(1, 2), NOW);

    @Test
    void aGameThatOpensNoneSaysNothing() {
        assertThat(Seats.of(List.of(ADA, BOB)).due(NOW)).isFalse();
        assertThat(Seats.of(List.of(ADA, BOB)).gone("ada", NOW).due(NOW)).isFalse();
    }

    @Test
    void whatIsFreeIsWhatIsOpenAndHasNoPlayer() {
        assertThat(seats.free()).containsExactly(0, 1);
        assertThat(seats.due(NOW)).isTrue();
        assertThat(seats.number()).isEqualTo(1);
    }

    @Test
    void whoGetsASeatHasItAndTheNextSayingCountsIt() {
        Seats.Answer answer = seats.seat(roster(1, ADA, BOB, CID), NOW);

        assertThat(answer.refused()).isNull();
        assertThat(answer.came()).containsExactly(CID);
        assertThat(answer.seats().free()).containsExactly(0, 0);
        assertThat(answer.seats().roster()).isEqualTo(1);
        assertThat(answer.seats().number()).isEqualTo(2);
        assertThat(answer.seats().playerIds()).containsExactly("ada", "bob", "cid");
    }

    @Test
    void theSameRosterIsAnsweredAsBeforeAndAnOldOneRefused() {
        Seats once = seats.seat(roster(2, ADA, BOB, CID), NOW).seats();

        assertThat(once.seat(roster(2, ADA, BOB, CID), NOW))
                .isEqualTo(new Seats.Answer(once, null, List.of(), List.of()));
        assertThat(once.seat(roster(1, ADA, BOB), NOW).refused()).isEqualTo("old-roster");
    }

    @Test
    void theSameRosterWithSomebodyElseIsRefused() {
        Seats once = seats.seat(roster(1, ADA, BOB, CID), NOW).seats();

        assertThat(once.seat(roster(1, ADA, BOB, DAN), NOW).refused()).isEqualTo("old-roster");

        // Managers that have forgotten Cid go on from there.
        Seats.Answer next = once.seat(roster(2, ADA, BOB, DAN), NOW);
        assertThat(next.refused()).isNull();
        assertThat(next.withdrawn()).containsExactly("cid");
    }

    @Test
    void whatDoesNotFitIsRefusedWholeAndRefusedAgain() {
        Seats.Answer answer = seats.seat(roster(1, ADA, BOB, CID, DAN), NOW);

        assertThat(answer.refused()).isEqualTo("no-free-seat");
        assertThat(answer.seats().playerIds()).containsExactly("ada", "bob");
        // It has looked at that roster, so that what it says now is not out of date.
        assertThat(answer.seats().roster()).isEqualTo(1);
        assertThat(answer.seats().seat(roster(1, ADA, BOB, CID, DAN), NOW).refused())
                .isEqualTo("no-free-seat");
    }

    @Test
    void aGameThatShutsItsSeatsRefusesWhoIsUnderWay() {
        Seats shut = seats.open(List.of(1, 1), NOW);

        assertThat(shut.free()).containsExactly(0, 0);
        assertThat(shut.seat(roster(1, ADA, BOB, CID), NOW).refused()).isEqualTo("no-free-seat");
    }

    @Test
    void whoWasAcceptedAndDoesNotComeLeavesTheSeatFree() {
        Seats taken = seats.seat(roster(1, ADA, BOB, CID), NOW).seats();

        Seats.Answer answer = taken.seat(roster(2, ADA, BOB), NOW);

        assertThat(answer.refused()).isNull();
        assertThat(answer.withdrawn()).containsExactly("cid");
        assertThat(answer.seats().free()).containsExactly(0, 1);
    }

    @Test
    void theSeatOfOneWhoLeftForGoodIsAnothers() {
        Seats without = seats.gone("bob", NOW);
        assertThat(without.free()).containsExactly(0, 2);

        // Managers name all who ever were in the match.
        Seats.Answer answer = without.seat(roster(1, ADA, BOB, CID, DAN), NOW);

        assertThat(answer.refused()).isNull();
        assertThat(answer.came()).containsExactly(CID, DAN);
        assertThat(answer.seats().playerIds()).containsExactly("ada", "cid", "dan");
    }

    @Test
    void onlyTheAnswerToTheLastSayingCountsAndItIsSaidAgainAfterAWhile() {
        Seats second = seats.open(List.of(1, 3), NOW);

        assertThat(second.heard(1, NOW).due(NOW)).isTrue();
        Seats heard = second.heard(2, NOW);
        assertThat(heard.due(NOW)).isFalse();
        assertThat(heard.due(NOW.plus(Seats.AGAIN))).isTrue();
    }

    private static SeatPlayers roster(int number, MatchPlayer... players) {
        return new SeatPlayers("m1", "s1", number, Arrays.asList(players));
    }

    private static MatchPlayer player(String id, int team) {
        return new MatchPlayer(id, id, team, new Loadout("car", List.of(), Map.of()));
    }
}

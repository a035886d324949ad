package dev.paddock.manager.matchmaking;

import static dev.paddock.manager.matchmaking.Waiters.DUEL;
import static dev.paddock.manager.matchmaking.Waiters.NOW;
import static dev.paddock.manager.matchmaking.Waiters.crowd;
import static dev.paddock.manager.matchmaking.Waiters.names;
import static dev.paddock.manager.matchmaking.Waiters.ticket;
import static dev.paddock.manager.matchmaking.Waiters.ticketAt;
import static dev.paddock.manager.matchmaking.Waiters.together;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.manager.matchmaking.Proposals.Proposal;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolTest {
    @Test
    void twoEqualPlayersMeetAtOnce() {
        Proposals found = match(DUEL, List.of("eu"), ticket("a", 1500, 0), ticket("b", 1500, 0));

        assertThat(together(found)).containsExactly(Set.of("a", "b"));
        assertThat(found.matches().getFirst().region()).isEqualTo("eu");
        assertThat(found.nextMoment()).isNull();
    }

    @Test
    void oneAloneWaitsWithoutAMoment() {
        Proposals found = match(DUEL, List.of("eu"), ticket("a", 1500, 0));

        assertThat(found).isEqualTo(Proposals.NONE);
    }

    @Test
    void withoutARegionNobodyPlays() {
        Proposals found = match(DUEL, List.of(), ticket("a", 1500, 0), ticket("b", 1500, 0));

        assertThat(found).isEqualTo(Proposals.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        // difference, waited by each, fits
        "100, 0, 0, true",
        "101, 0, 0, false",
        "125, 1, 1, true",
        "126, 1, 1, false",
        // The window of the one who came later is the narrower one, and counts.
        "300, 8, 0, false",
        "300, 0, 8, false",
        "300, 8, 8, true",
        "1000, 36, 36, true",
        "1001, 599, 599, false",
    })
    void theDifferenceMustLieInBothWindows(double difference, long oneWaited, long otherWaited, boolean fits) {
        Proposals found =
                match(DUEL, List.of("eu"), ticket("a", 1500, oneWaited), ticket("b", 1500 + difference, otherWaited));

        assertThat(found.matches()).hasSize(fits ? 1 : 0);
    }

    @Test
    void theMomentIsWhenTheYoungerOnesWindowReachesTheOther() {
        // 300 apart: the younger needs (300 - 100) / 25 = 8 s of waiting, and has waited 2.
        Proposals found = match(DUEL, List.of("eu"), ticket("a", 1500, 60), ticket("b", 1800, 2));

        assertThat(found.nextMoment()).isEqualTo(NOW.plusSeconds(6));
    }

    @Test
    void atTheMomentTheyFitAndJustBeforeTheyDoNot() {
        List<Ticket> tickets = List.of(ticket("a", 1500, 60), ticket("b", 1777.7, 2));
        Instant moment = Objects.requireNonNull(
                Waiters.match(tickets, DUEL, List.of("eu"), NOW).nextMoment());

        assertThat(Waiters.match(tickets, DUEL, List.of("eu"), moment).matches())
                .hasSize(1);
        assertThat(Waiters.match(tickets, DUEL, List.of("eu"), moment.minusMillis(1))
                        .matches())
                .isEmpty();
    }

    @Test
    void thoseWhoNeverFitHaveNoMoment() {
        Proposals found = match(DUEL, List.of("eu"), ticket("a", 500, 0), ticket("b", 1501, 0));

        assertThat(found.nextMoment()).isNull();
    }

    @Test
    void aWindowThatDoesNotWidenHasNoMoment() {
        MatchingRules fixed = new MatchingRules(
                new Teams(2, 1), new Window(100, 0, 100), new Window(60, 10, 250), Duration.ofMinutes(10));

        Proposals found = match(fixed, List.of("eu"), ticket("a", 1500, 5), ticket("b", 1601, 5));

        assertThat(found).isEqualTo(Proposals.NONE);
    }

    @Test
    void theMomentOfAPlayerWhoIsFarFromTheRegionIsWhenItsWindowReachesIt() {
        // 110 ms: (110 - 60) / 10 = 5 s.
        Proposals found = match(
                DUEL, List.of("eu"), ticket("a", 1500, 1, Map.of("eu", 20)), ticket("b", 1500, 1, Map.of("eu", 110)));

        assertThat(found.matches()).isEmpty();
        assertThat(found.nextMoment()).isEqualTo(NOW.plusSeconds(4));
    }

    @Test
    void aPlayerBeyondTheLatencyLimitNeverPlaysThere() {
        Proposals found = match(
                DUEL,
                List.of("eu"),
                ticket("a", 1500, 500, Map.of("eu", 20)),
                ticket("b", 1500, 500, Map.of("eu", 251)));

        assertThat(found).isEqualTo(Proposals.NONE);
    }

    @Test
    void theRegionIsWhereTheWorstPlayerIsBestOff() {
        Proposals found = match(
                DUEL,
                List.of("asia", "eu", "us"),
                ticket("a", 1500, 0, Map.of("eu", 10, "us", 40)),
                ticket("b", 1500, 0, Map.of("eu", 55, "us", 45, "asia", 5)));

        assertThat(found.matches().getFirst().region()).isEqualTo("us");
    }

    @Test
    void equallyGoodRegionsAreTakenByName() {
        Proposals found = match(
                DUEL,
                List.of("us", "eu"),
                ticket("a", 1500, 0, Map.of("eu", 10, "us", 50)),
                ticket("b", 1500, 0, Map.of("eu", 50, "us", 10)));

        assertThat(found.matches().getFirst().region()).isEqualTo("eu");
    }

    @Test
    void playersWithoutACommonRegionDoNotMeet() {
        Proposals found = match(
                DUEL,
                List.of("eu", "us"),
                ticket("a", 1500, 0, Map.of("eu", 10)),
                ticket("b", 1500, 0, Map.of("us", 10)));

        assertThat(found.matches()).isEmpty();
        assertThat(found.nextMoment()).isNull();
    }

    @Test
    void aTicketWithoutLatenciesFitsEveryRegion() {
        Proposals found =
                match(DUEL, List.of("eu", "us"), ticket("a", 1500, 0), ticket("b", 1500, 0, Map.of("us", 12)));

        assertThat(together(found)).containsExactly(Set.of("a", "b"));
        assertThat(found.matches().getFirst().region()).isEqualTo("us");
    }

    @Test
    void theOldestChoosesFirstAndTakesTheNearest() {
        Proposals found =
                match(DUEL, List.of("eu"), ticket("old", 1500, 9), ticket("near", 1510, 1), ticket("nearer", 1495, 0));

        assertThat(together(found)).containsExactly(Set.of("old", "nearer"));
    }

    @Test
    void ofTwoEquallyNearTheOlderIsTaken() {
        Proposals found = match(
                DUEL, List.of("eu"), ticket("old", 1500, 9), ticket("younger", 1490, 1), ticket("elder", 1510, 2));

        assertThat(together(found)).containsExactly(Set.of("old", "elder"));
    }

    @Test
    void aNewcomerBesideTheOldestDoesNotHideAPatientOneFurtherOff() {
        // "new" is nearer but its own window (100) does not reach 150 down.
        Proposals found = match(
                DUEL, List.of("eu"), ticket("old", 1500, 30), ticket("new", 1650, 0), ticket("patient", 1700, 20));

        assertThat(together(found)).containsExactly(Set.of("old", "patient"));
    }

    @Test
    void teamsAreAsStrongAsEachOther() {
        MatchingRules twoByTwo = new MatchingRules(
                new Teams(2, 2), new Window(500, 0, 500), new Window(60, 10, 250), Duration.ofMinutes(10));

        Proposals found = match(
                twoByTwo,
                List.of("eu"),
                ticket("w", 1800, 0),
                ticket("x", 1700, 0),
                ticket("y", 1600, 0),
                ticket("z", 1500, 0));

        List<List<Ticket>> teams = found.matches().getFirst().teams();
        assertThat(names(teams.get(0))).containsExactlyInAnyOrder("w", "z");
        assertThat(names(teams.get(1))).containsExactlyInAnyOrder("x", "y");
    }

    @Test
    void aFreeForAllTakesTheNearestThatAllFitEachOther() {
        MatchingRules three = new MatchingRules(
                new Teams(3, 1), new Window(100, 0, 100), new Window(60, 10, 250), Duration.ofMinutes(10));

        Proposals found = match(
                three,
                List.of("eu"),
                ticket("a", 1500, 9),
                ticket("below", 1410, 1),
                ticket("above", 1590, 1),
                ticket("c", 1560, 0));

        assertThat(together(found)).containsExactly(Set.of("a", "above", "c"));
    }

    @Test
    void aNarrowNewcomerDoesNotKeepAGroupApart() {
        MatchingRules three = new MatchingRules(
                new Teams(3, 1), new Window(10, 10, 1000), new Window(60, 10, 250), Duration.ofMinutes(10));

        Proposals found = match(
                three,
                List.of("eu"),
                ticket("a", 1500, 60),
                ticket("new", 1505, 0),
                ticket("p", 1600, 30),
                ticket("q", 1650, 30));

        assertThat(together(found)).containsExactly(Set.of("a", "p", "q"));
    }

    @Test
    void aModeForOnePlayerNeedsNobodyElse() {
        MatchingRules alone = new MatchingRules(
                new Teams(1, 1), new Window(10, 10, 1000), new Window(60, 10, 250), Duration.ofMinutes(10));

        Proposals found = match(alone, List.of("eu"), ticket("a", 1500, 0), ticket("b", 2500, 0));

        assertThat(together(found)).containsExactlyInAnyOrder(Set.of("a"), Set.of("b"));
    }

    @Test
    void aTicketFromTheFutureCountsAsNew() {
        Proposals found = match(DUEL, List.of("eu"), ticket("a", 1500, -3), ticket("b", 1600, -3));

        assertThat(found.matches()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theOrderOfTheTicketsDoesNotMatter(long seed) {
        Random random = new Random(seed);
        List<Ticket> tickets = crowd(random, 300);
        Proposals once = Waiters.match(tickets, DUEL, List.of("eu", "us", "asia"), NOW);
        Collections.shuffle(tickets, random);

        Proposals again = Waiters.match(tickets, DUEL, List.of("asia", "us", "eu"), NOW);

        assertThat(again).isEqualTo(once);
    }

    @ParameterizedTest
    @CsvSource({"2,1,1", "2,1,2", "2,1,3", "2,1,4", "2,1,5", "2,2,6", "2,2,7", "4,1,8", "4,1,9", "3,3,10", "8,1,11"})
    void everyMatchKeepsTheRules(int count, int size, long seed) {
        Random random = new Random(seed);
        MatchingRules rules = new MatchingRules(
                new Teams(count, size), new Window(50, 25, 600), new Window(40, 10, 200), Duration.ofMinutes(10));
        List<Ticket> tickets = crowd(random, 400);

        Proposals found = Waiters.match(tickets, rules, List.of("eu", "us", "asia"), NOW);

        Set<String> seen = new HashSet<>();
        assertThat(found.matches()).isNotEmpty();
        for (Proposal match : found.matches()) {
            assertThat(match.teams())
                    .hasSize(count)
                    .allSatisfy(team -> assertThat(team).hasSize(size));
            for (Ticket one : match.tickets()) {
                assertThat(seen.add(one.ticketId()))
                        .as("twice: %s", one.ticketId())
                        .isTrue();
                assertThat(canPlay(one, match.region(), rules, NOW)).isTrue();
                for (Ticket other : match.tickets()) {
                    assertThat(inRank(one, other, rules, NOW)).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28, 29, 30})
    void ofTwosNobodyIsLeftWhoFitsAnotherAndTheMomentIsExactlyTheFirst(long seed) {
        Random random = new Random(seed);
        List<String> regions = List.of("eu", "us", "asia");
        List<Ticket> tickets = crowd(random, 120);

        Proposals found = Waiters.match(tickets, DUEL, regions, NOW);

        List<Ticket> left = new ArrayList<>(tickets);
        found.matches().forEach(match -> left.removeAll(match.tickets()));
        assertThat(fittingPairs(left, regions, NOW)).isZero();
        Instant moment = found.nextMoment();
        Instant end = moment == null ? NOW.plusSeconds(120) : moment;
        // Between now and the moment, nobody fits; with no moment, nobody ever does.
        for (Instant at = NOW; at.isBefore(end); at = at.plusMillis(100)) {
            assertThat(fittingPairs(left, regions, at))
                    .as("at %s of %s", at, end)
                    .isZero();
        }
        assertThat(fittingPairs(left, regions, end.minusMillis(1))).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43, 44})
    void whoeverCanBeMatchedAtAllIsMatchedWhileNewcomersKeepComing(long seed) {
        Random random = new Random(seed);
        // An outsider, 400 from the crowd: after (400 - 100) / 25 = 12 s it must not be passed over.
        List<Ticket> tickets = new ArrayList<>(List.of(ticket("outsider", 1900, 0)));
        Instant at = NOW;
        Instant matchedAt = null;
        for (int second = 0; second < 60 && matchedAt == null; second++) {
            at = NOW.plusSeconds(second);
            for (int i = 0; i < 3; i++) {
                tickets.add(ticketAt("n" + second + "-" + i, 1450 + random.nextInt(100), at, Map.of()));
            }
            Proposals found = Waiters.match(tickets, DUEL, List.of("eu"), at);
            for (Proposal match : found.matches()) {
                if (names(match.tickets()).contains("outsider")) {
                    matchedAt = at;
                }
                tickets.removeAll(match.tickets());
            }
            // One newcomer of three is left each second, and waits with the outsider.
            if (second == 20) {
                tickets.add(ticketAt("patient", 1600, NOW.plusSeconds(5), Map.of()));
            }
        }
        assertThat(matchedAt).isNotNull();
    }

    private static Proposals match(MatchingRules rules, List<String> regions, Ticket... tickets) {
        return Waiters.match(List.of(tickets), rules, regions, NOW);
    }

    private static long fittingPairs(List<Ticket> tickets, List<String> regions, Instant at) {
        long fits = 0;
        for (int i = 0; i < tickets.size(); i++) {
            for (int j = i + 1; j < tickets.size(); j++) {
                Ticket one = tickets.get(i);
                Ticket other = tickets.get(j);
                boolean somewhere = regions.stream()
                        .anyMatch(region -> canPlay(one, region, DUEL, at) && canPlay(other, region, DUEL, at));
                fits += somewhere && inRank(one, other, DUEL, at) ? 1 : 0;
            }
        }
        return fits;
    }

    private static boolean inRank(Ticket one, Ticket other, MatchingRules rules, Instant at) {
        double difference = Math.abs(one.rating() - other.rating());
        return difference <= rules.rank().after(Duration.between(one.createdAt(), at)) + 1e-5
                && difference <= rules.rank().after(Duration.between(other.createdAt(), at)) + 1e-5;
    }

    private static boolean canPlay(Ticket ticket, String region, MatchingRules rules, Instant at) {
        if (ticket.latencies().isEmpty()) {
            return true;
        }
        Integer latency = ticket.latencies().get(region);
        return latency != null && latency <= rules.latency().after(Duration.between(ticket.createdAt(), at)) + 1e-5;
    }
}

package dev.paddock.manager.matchmaking;

import static dev.paddock.manager.matchmaking.Waiters.DUEL;
import static dev.paddock.manager.matchmaking.Waiters.NOW;
import static dev.paddock.manager.matchmaking.Waiters.REGIONS;
import static dev.paddock.manager.matchmaking.Waiters.avoiding;
import static dev.paddock.manager.matchmaking.Waiters.motley;
import static dev.paddock.manager.matchmaking.Waiters.motleyCrowd;
import static dev.paddock.manager.matchmaking.Waiters.returned;
import static dev.paddock.manager.matchmaking.Waiters.someone;
import static dev.paddock.manager.matchmaking.Waiters.ticket;
import static dev.paddock.manager.matchmaking.Waiters.together;
import static dev.paddock.manager.matchmaking.Waiters.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.manager.ticket.Ticket;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One against one, held against the slow way that looks at everybody. */
class PairsTest {
    private static final List<String> EU = List.of("eu");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aCrowdThatCameAtOnceIsMatchedAsTheSlowWayDoes(long seed) {
        Random random = new Random(seed);
        List<Ticket> crowd = motleyCrowd(random, 150);
        SlowPairs slow = slow(crowd);

        Proposals found = Waiters.match(crowd, DUEL, REGIONS, NOW);

        assertThat(together(found)).containsExactlyInAnyOrderElementsOf(slow.match(NOW));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whereManyHaveTheSameRatingTheElderIsTakenOfEquallyNearOnes(long seed) {
        Random random = new Random(seed);
        List<Ticket> crowd = motleyCrowd(random, 150);
        // As new players have.
        crowd.replaceAll(one -> Waiters.rated(one, 50 * Math.round(one.rating() / 50)));
        SlowPairs slow = slow(crowd);

        Proposals found = Waiters.match(crowd, DUEL, REGIONS, NOW);

        assertThat(together(found)).containsExactlyInAnyOrderElementsOf(slow.match(NOW));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "3,1", "4,3", "5,3", "6,3", "7,10", "8,10"})
    void atEveryStepOfALongEveningItDoesWhatTheSlowWayDoes(long seed, int mostAtOnce) {
        Random random = new Random(seed);
        Pool pool = new Pool(DUEL, REGIONS);
        SlowPairs slow = new SlowPairs(DUEL, REGIONS);
        Instant now = NOW;
        int matches = 0;
        for (int step = 0; step < 150; step++) {
            for (int i = random.nextInt(mostAtOnce + 1); i > 0; i--) {
                Instant created = random.nextInt(5) == 0 ? now.minusMillis(random.nextInt(20_000)) : now;
                Ticket someone = motley(random, someone(random, "t" + step + "-" + i, created), 50);
                pool.add(someone);
                slow.add(someone);
            }
            if (random.nextInt(3) == 0 && !slow.waiting().isEmpty()) {
                String leaves = slow.waiting()
                        .get(random.nextInt(slow.waiting().size()))
                        .ticketId();
                assertThat(pool.remove(leaves)).isPresent();
                slow.remove(leaves);
            }

            Proposals found = pool.match(now);

            List<Set<String>> expected = slow.match(now);
            assertThat(together(found)).as("step %s", step).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(pool.size()).isEqualTo(slow.waiting().size());
            matches += expected.size();
            now = checkedMoment(slow, found, now, random);
        }
        assertThat(matches).isGreaterThan(5);
    }

    /** That nobody fits before the moment that was told, and something happens then. @return when to look again */
    private static Instant checkedMoment(SlowPairs slow, Proposals found, Instant now, Random random) {
        Instant moment = found.nextMoment();
        if (moment == null) {
            assertThat(slow.anyFit(now.plusSeconds(600))).isFalse();
            return now.plusMillis(random.nextInt(500));
        }
        assertThat(moment).isAfter(now);
        assertThat(slow.anyFit(moment.minusMillis(1))).isFalse();
        assertThat(slow.anyFit(moment) || slow.opens(moment))
                .as("at %s", moment)
                .isTrue();
        return switch (random.nextInt(3)) {
            case 0 -> moment;
            case 1 -> now.plusMillis(random.nextInt(500));
            default -> now;
        };
    }

    @Test
    void aPassOverNothingNewFindsNothingAndTellsTheSameMoment() {
        Pool pool = new Pool(DUEL, EU);
        pool.add(ticket("a", 1500, 0));
        pool.add(ticket("b", 1700, 0));
        Proposals first = pool.match(NOW);

        Proposals second = pool.match(NOW.plusMillis(10));

        assertThat(second).isEqualTo(first);
        assertThat(second.nextMoment()).isEqualTo(NOW.plusSeconds(4));
    }

    @Test
    void theMomentOfTwoIsForgottenWhenOneOfThemLeaves() {
        Pool pool = new Pool(DUEL, EU);
        pool.add(ticket("a", 1500, 0));
        pool.add(ticket("b", 1700, 0));
        pool.add(ticket("c", 2000, 0));
        pool.match(NOW);

        pool.remove("b");

        // a and c: (500 - 100) / 25 = 16 s.
        assertThat(pool.match(NOW).nextMoment()).isEqualTo(NOW.plusSeconds(16));
    }

    @Test
    void whatWasProposedHasLeftAndCanComeBack() {
        Pool pool = new Pool(DUEL, EU);
        Ticket one = ticket("a", 1500, 0);
        pool.add(one);
        pool.add(ticket("b", 1500, 0));
        pool.match(NOW);
        int left = pool.size();
        pool.add(one);
        pool.add(ticket("c", 1500, 0));

        Proposals again = pool.match(NOW);

        assertThat(left).isZero();
        assertThat(together(again)).containsExactly(Set.of("a", "c"));
    }

    @Test
    void whoCameBackChoosesBeforeWhoIsOlder() {
        Proposals found = Waiters.match(
                List.of(ticket("old", 1500, 60), ticket("near", 1510, 9), returned(ticket("back", 1520, 20))),
                DUEL,
                EU,
                NOW);

        assertThat(together(found)).containsExactly(Set.of("back", "near"));
    }

    @Test
    void thoseWhoAvoidEachOtherNeverMeetWhoeverOfThemSaysSo() {
        Ticket one = avoiding(ticket("a", 1500, 0), "p-b");
        Ticket other = ticket("b", 1500, 9);

        Proposals found = Waiters.match(List.of(one, other), DUEL, EU, NOW);
        Proposals withThird = Waiters.match(List.of(one, other, ticket("c", 1590, 9)), DUEL, EU, NOW);

        assertThat(found).isEqualTo(Proposals.NONE);
        assertThat(together(withThird)).containsExactly(Set.of("b", "c"));
    }

    @Test
    void onlyEqualVersionsMeetAndThoseWithoutOneAmongThemselves() {
        Proposals found = Waiters.match(
                List.of(
                        version(ticket("one", 1500, 9), "1"),
                        version(ticket("two", 1500, 8), "2"),
                        ticket("none", 1500, 7),
                        version(ticket("another-two", 1590, 6), "2"),
                        ticket("another-none", 1590, 5)),
                DUEL,
                EU,
                NOW);

        assertThat(together(found))
                .containsExactlyInAnyOrder(Set.of("two", "another-two"), Set.of("none", "another-none"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theOrderInWhichAMotleyCrowdComesDoesNotMatter(long seed) {
        Random random = new Random(seed);
        List<Ticket> crowd = motleyCrowd(random, 300);
        // Many of one rating and one age, as new players are.
        crowd.replaceAll(one -> random.nextInt(3) == 0 ? ticket(one.ticketId(), 1500, 3) : one);
        Proposals once = Waiters.match(crowd, DUEL, REGIONS, NOW);
        Collections.shuffle(crowd, random);

        assertThat(Waiters.match(crowd, DUEL, REGIONS, NOW)).isEqualTo(once);
    }

    private static SlowPairs slow(List<Ticket> crowd) {
        SlowPairs slow = new SlowPairs(DUEL, REGIONS);
        crowd.forEach(slow::add);
        return slow;
    }
}

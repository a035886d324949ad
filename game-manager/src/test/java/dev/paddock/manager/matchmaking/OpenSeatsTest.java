package dev.paddock.manager.matchmaking;

import static dev.paddock.manager.matchmaking.Waiters.DUEL;
import static dev.paddock.manager.matchmaking.Waiters.NOW;
import static dev.paddock.manager.matchmaking.Waiters.avoiding;
import static dev.paddock.manager.matchmaking.Waiters.motleyCrowd;
import static dev.paddock.manager.matchmaking.Waiters.party;
import static dev.paddock.manager.matchmaking.Waiters.playing;
import static dev.paddock.manager.matchmaking.Waiters.returned;
import static dev.paddock.manager.matchmaking.Waiters.someone;
import static dev.paddock.manager.matchmaking.Waiters.ticket;
import static dev.paddock.manager.matchmaking.Waiters.ticketAt;
import static dev.paddock.manager.matchmaking.Waiters.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.manager.matchmaking.Proposals.Joining;
import dev.paddock.manager.matchmaking.Proposals.Seating;
import dev.paddock.manager.ticket.SeatOffer;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Role;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenSeatsTest {
    private static final List<String> REGIONS = List.of("eu", "us");

    @Test
    void aFreeSeatIsFilledBeforeANewMatchIsFormed() {
        Pool pool = pool(trios(), offer("m", List.of(1, 0), trio("a").subList(1, 3), trio("b")));
        pool.add(ticket("old", 1500, 9));
        pool.add(ticket("new", 1500, 1));

        Proposals found = pool.match(NOW);

        assertThat(joined(found)).isEqualTo(Map.of("m", Map.of("old", 0)));
        assertThat(pool.find("old")).isEmpty();
        assertThat(pool.find("new")).isPresent();
        assertThat(pool.offers()).isEmpty();
    }

    @Test
    void whoFitsNoSeatFormsANewMatchInTheSamePass() {
        Pool pool = pool(DUEL, offer("m", List.of(1, 0), List.of(ticket("x", 1500, 0)), List.of()));
        pool.add(ticket("a", 1500, 2));
        pool.add(ticket("b", 1500, 1));
        pool.add(ticket("c", 1500, 0));

        Proposals found = pool.match(NOW);

        // A team of one is full, whatever its server says.
        assertThat(found.seatings()).isEmpty();
        assertThat(found.matches()).hasSize(1);
    }

    @Test
    void aNewOfferIsHeldAgainstThoseWhoWait() {
        Pool pool = pool(trios());
        pool.add(ticket("a", 1500, 5));
        assertThat(pool.match(NOW).seatings()).isEmpty();

        pool.offer(offer("m", List.of(0, 1), trio("x"), trio("y").subList(1, 3)));

        assertThat(joined(pool.match(NOW))).isEqualTo(Map.of("m", Map.of("a", 1)));
    }

    @Test
    void anOfferThatIsShutIsTakenByNobody() {
        Pool pool = pool(trios(), offer("m", List.of(1, 0), trio("a").subList(1, 3), trio("b")));
        pool.match(NOW);
        pool.shut("m");
        pool.add(ticket("late", 1500, 0));

        assertThat(pool.match(NOW).seatings()).isEmpty();
        assertThat(pool.offers()).isEmpty();
    }

    @Test
    void theMeanOfTheMatchLiesInTheWindowOfTheTicketWhichWidens() {
        // The match's mean is 1500; 300 away the window of 100 + 25 a second needs 8 seconds.
        Pool pool = pool(trios(), offer("m", List.of(1, 0), trio("a").subList(1, 3), trio("b")));
        pool.add(ticket("far", 1800, 2));

        Proposals found = pool.match(NOW);
        assertThat(found.seatings()).isEmpty();
        assertThat(found.nextMoment()).isEqualTo(NOW.plusSeconds(6));

        assertThat(pool.match(NOW.plusMillis(5999)).seatings()).isEmpty();
        assertThat(joined(pool.match(NOW.plusSeconds(6)))).isEqualTo(Map.of("m", Map.of("far", 0)));
    }

    @Test
    void whoWaitedBeforeTheOfferIsLookedAtAgainWhenTheWindowReachesIt() {
        Pool pool = pool(trios());
        pool.add(ticket("far", 1800, 2));
        assertThat(pool.match(NOW).nextMoment()).isNull();

        pool.offer(offer("m", List.of(1, 0), trio("a").subList(1, 3), trio("b")));

        assertThat(pool.match(NOW).nextMoment()).isEqualTo(NOW.plusSeconds(6));
        assertThat(pool.match(NOW.plusSeconds(6)).seatings()).hasSize(1);
    }

    @Test
    void onlyTheRegionOfTheMatchCounts() {
        Pool pool = pool(trios(), offer("m", List.of(1, 0), trio("a").subList(1, 3), trio("b")));
        pool.add(ticketAt("american", 1500, NOW, Map.of("us", 10)));
        pool.add(ticketAt("far", 1500, NOW, Map.of("eu", 110, "us", 10)));

        Proposals found = pool.match(NOW);

        assertThat(found.seatings()).isEmpty();
        // The window of 60 + 10 a second reaches 110 ms after 5 seconds.
        assertThat(found.nextMoment()).isEqualTo(NOW.plusSeconds(5));
        assertThat(joined(pool.match(NOW.plusSeconds(5)))).isEqualTo(Map.of("m", Map.of("far", 0)));
    }

    @Test
    void whoAvoidsOneWhoPlaysOrIsAvoidedDoesNotJoin() {
        List<Ticket> shy = List.of(avoiding(ticket("a1", 1500, 0), "p-blocked"), ticket("a2", 1500, 0));
        Pool pool = pool(trios(), offer("m", List.of(1, 0), shy, trio("b")));
        pool.add(ticket("blocked", 1500, 9));
        pool.add(avoiding(ticket("shy", 1500, 8), "p-b2"));
        pool.add(ticket("free", 1500, 7));

        assertThat(joined(pool.match(NOW))).isEqualTo(Map.of("m", Map.of("free", 0)));
    }

    @Test
    void whatMustBeEqualIsEqual() {
        Pool pool = pool(trios(), offer("m", List.of(1, 0), trio("a").subList(1, 3), trio("b")));
        pool.add(version(ticket("other", 1500, 9), "2"));

        assertThat(pool.match(NOW).seatings()).isEmpty();
        pool.add(ticket("same", 1500, 0));
        assertThat(joined(pool.match(NOW))).isEqualTo(Map.of("m", Map.of("same", 0)));
    }

    @Test
    void whoCameBackGoesFirst() {
        Pool pool = pool(trios(), offer("m", List.of(1, 0), trio("a").subList(1, 3), trio("b")));
        pool.add(ticket("old", 1500, 60));
        pool.add(returned(ticket("back", 1500, 1)));

        assertThat(joined(pool.match(NOW))).isEqualTo(Map.of("m", Map.of("back", 0)));
    }

    @Test
    void aPartyJoinsOneTeamOrNone() {
        Pool pool = pool(
                trios(),
                offer("m", List.of(1, 1), trio("a").subList(1, 3), trio("b").subList(1, 3)));
        pool.add(party("duo", 9, 1500, 1500));
        pool.add(ticket("one", 1500, 1));

        assertThat(joined(pool.match(NOW))).isEqualTo(Map.of("m", Map.of("one", 0)));

        pool.offer(offer("m2", List.of(2, 0), trio("c").subList(2, 3), trio("d")));
        assertThat(joined(pool.match(NOW))).isEqualTo(Map.of("m2", Map.of("duo", 0)));
    }

    @Test
    void allThatFitJoinAtOnceEachTheTeamWithMostRoom() {
        Pool pool = pool(
                trios(),
                offer("m", List.of(1, 2), trio("a").subList(1, 3), trio("b").subList(2, 3)));
        pool.add(ticket("first", 1500, 3));
        pool.add(ticket("second", 1500, 2));
        pool.add(ticket("third", 1500, 1));

        assertThat(joined(pool.match(NOW))).isEqualTo(Map.of("m", Map.of("first", 1, "second", 0, "third", 1)));
    }

    @Test
    void theRoleThatATeamLacksIsTheOneThatJoins() {
        List<Ticket> withoutTank = trio("a").subList(1, 3);
        List<Ticket> withTank = List.of(playing(ticket("b1", 1500, 0), "tank"), ticket("b2", 1500, 0));
        Pool pool = pool(trios(new Role("tank", 1, 1)), offer("m", List.of(1, 1), withoutTank, withTank));
        pool.add(ticket("anyone", 1500, 9));
        pool.add(ticket("nobody", 1500, 8));
        pool.add(playing(ticket("tank", 1500, 1), "tank"));

        assertThat(joined(pool.match(NOW))).isEqualTo(Map.of("m", Map.of("anyone", 1, "tank", 0)));
    }

    @Test
    void theOldestMatchIsFilledFirst() {
        Pool pool = pool(
                trios(),
                offer("young", NOW.minusSeconds(10), List.of(1, 0), trio("a").subList(1, 3), trio("b")),
                offer("old", NOW.minusSeconds(20), List.of(1, 0), trio("c").subList(1, 3), trio("d")));
        pool.add(ticket("one", 1500, 0));

        assertThat(joined(pool.match(NOW))).isEqualTo(Map.of("old", Map.of("one", 0)));
        assertThat(pool.offers()).extracting(SeatOffer::matchId).containsExactly("young");
    }

    /** Tickets and offers come at random; after each pass nobody is left who fits a seat, now or before the next moment. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void nobodyIsLeftWhoFitsASeatThatIsLeft(long seed) {
        Random random = new Random(seed);
        MatchingRules rules = trios();
        Pool pool = new Pool(rules, REGIONS);
        Map<String, Ticket> waiting = new HashMap<>();
        for (Ticket ticket : motleyCrowd(random, 60)) {
            pool.add(ticket);
            waiting.put(ticket.ticketId(), ticket);
        }
        Map<String, SeatOffer> offers = new TreeMap<>();
        Instant now = NOW;
        for (int round = 0; round < 60; round++) {
            if (random.nextInt(2) == 0) {
                SeatOffer offer = anyOffer(random, "m" + random.nextInt(6), now);
                pool.offer(offer);
                offers.put(offer.matchId(), offer);
            }
            Ticket comes = someone(random, "n" + round, now);
            pool.add(comes);
            waiting.put(comes.ticketId(), comes);

            Proposals found = pool.match(now);

            for (Seating seating : found.seatings()) {
                assertThat(offers.remove(seating.offer().matchId())).isEqualTo(seating.offer());
                for (Joining joining : seating.joining()) {
                    assertThat(fits(rules, joining.ticket(), seating.offer(), now))
                            .isTrue();
                    assertThat(waiting.remove(joining.ticket().ticketId())).isNotNull();
                }
            }
            found.matches().forEach(match -> match.tickets().forEach(ticket -> waiting.remove(ticket.ticketId())));
            Instant next = found.nextMoment();
            Instant until = next == null ? now.plusSeconds(100) : next.minusMillis(1);
            for (SeatOffer offer : offers.values()) {
                for (Ticket ticket : waiting.values()) {
                    assertThat(fits(rules, ticket, offer, until))
                            .as("%s fits %s at %s", ticket.ticketId(), offer.matchId(), until)
                            .isFalse();
                }
            }
            now = now.plusMillis(random.nextInt(2000));
            now = next != null && next.isBefore(now) ? next : now;
        }
    }

    private static boolean fits(MatchingRules rules, Ticket ticket, SeatOffer offer, Instant now) {
        Inspection inspection = new Inspection(rules, REGIONS, now);
        long waited = Math.max(0, Duration.between(ticket.createdAt(), now).toMillis());
        return inspection.canPlay(ticket, offer.region())
                && Math.abs(ticket.rating() - offer.rating()) <= rules.rank().afterMillis(waited) + 1e-6
                && offer.free().stream()
                        .anyMatch(free -> free >= ticket.players().size())
                && Objects.equals(
                        ticket.attributes().get("version"),
                        offer.tickets().getFirst().attributes().get("version"))
                && offer.tickets().stream()
                        .noneMatch(other -> Inspection.avoids(ticket, other) || Inspection.avoids(other, ticket));
    }

    private static SeatOffer anyOffer(Random random, String matchId, Instant now) {
        double rating = 1500 + 400 * random.nextGaussian();
        List<Ticket> here = List.of(ticket(matchId + "x", rating, 0), ticket(matchId + "y", rating + 50, 0));
        Ticket there = random.nextBoolean()
                ? ticket(matchId + "z", rating, 0)
                : avoiding(ticket(matchId + "z", rating, 0), "p-t" + random.nextInt(60));
        return new SeatOffer(
                matchId,
                "duel",
                REGIONS.get(random.nextInt(2)),
                random.nextInt(),
                0,
                List.of(1, 2),
                List.of(here, List.of(there)),
                now.minusSeconds(random.nextInt(100)));
    }

    private static Pool pool(MatchingRules rules, SeatOffer... offers) {
        Pool pool = new Pool(rules, REGIONS);
        Arrays.stream(offers).forEach(pool::offer);
        return pool;
    }

    /** Two teams of three. */
    private static MatchingRules trios(Role... roles) {
        return Waiters.rules(new Teams(2, 3), new Window(100, 25, 1000), roles);
    }

    private static List<Ticket> trio(String name) {
        List<Ticket> trio = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            trio.add(ticket(name + i, 1500, 0));
        }
        return trio;
    }

    private static SeatOffer offer(String matchId, List<Integer> free, List<Ticket> first, List<Ticket> second) {
        return offer(matchId, NOW.minusSeconds(30), free, first, second);
    }

    private static SeatOffer offer(
            String matchId, Instant formedAt, List<Integer> free, List<Ticket> first, List<Ticket> second) {
        return new SeatOffer(matchId, "duel", "eu", 1, 0, free, List.of(first, second), formedAt);
    }

    /** By match: who joins which team. */
    private static Map<String, Map<String, Integer>> joined(Proposals found) {
        Map<String, Map<String, Integer>> joined = new HashMap<>();
        for (Seating seating : found.seatings()) {
            Map<String, Integer> teams = new HashMap<>();
            seating.joining().forEach(joining -> teams.put(joining.ticket().ticketId(), joining.team()));
            joined.put(seating.offer().matchId(), teams);
        }
        return joined;
    }
}

package dev.paddock.manager.matchmaking;

import static dev.paddock.manager.matchmaking.Waiters.NOW;
import static dev.paddock.manager.matchmaking.Waiters.REGIONS;
import static dev.paddock.manager.matchmaking.Waiters.avoiding;
import static dev.paddock.manager.matchmaking.Waiters.party;
import static dev.paddock.manager.matchmaking.Waiters.playing;
import static dev.paddock.manager.matchmaking.Waiters.returned;
import static dev.paddock.manager.matchmaking.Waiters.rules;
import static dev.paddock.manager.matchmaking.Waiters.teams;
import static dev.paddock.manager.matchmaking.Waiters.ticket;
import static dev.paddock.manager.matchmaking.Waiters.together;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.manager.matchmaking.Proposals.Proposal;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Role;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Teams, parties and roles, held against the slow way that tries everything. */
class GroupsTest {
    private static final List<String> EU = List.of("eu");
    private static final Window RANK = new Window(100, 25, 1000);

    /** Longer than looks are apart. */
    private static final Duration SPACING = Duration.ofMillis(26);

    private static final List<String> ROLES = List.of("", "", "tank", "healer", "tank healer");

    /** Rules that are unlike each other, and who plays by them. */
    enum Game {
        FREE_FOR_ALL(rules(new Teams(3, 1), RANK), Game::single),
        TWO_BY_TWO(rules(new Teams(2, 2), RANK), Game::single),
        FEWER_LATER(rules(new Teams(2, 3, 1, Duration.ofSeconds(3)), RANK), Game::partyOfAny),
        PARTIES(rules(new Teams(2, 4), RANK), Game::partyOfAny),
        THREE_TEAMS(rules(new Teams(3, 2), RANK), Game::partyOfAny),
        ROLES(rules(new Teams(2, 2), RANK, new Role("tank", 1, 1), new Role("healer", 0, 1)), Game::partyWithRoles);

        final MatchingRules rules;
        private final BiFunction<Random, Ticket, Ticket> player;

        Game(MatchingRules rules, BiFunction<Random, Ticket, Ticket> player) {
            this.rules = rules;
            this.player = player;
        }

        Ticket someone(Random random, String id, Instant created) {
            Ticket someone = player.apply(random, Waiters.someone(random, id, created, 150));
            return random.nextInt(6) == 0 ? returned(someone) : someone;
        }

        private static Ticket single(Random random, Ticket ticket) {
            return random.nextInt(5) == 0 ? avoiding(ticket, "p-t" + random.nextInt(30)) : ticket;
        }

        private static Ticket partyOfAny(Random random, Ticket ticket) {
            return Waiters.joined(ticket, Math.max(1, random.nextInt(5) - 1));
        }

        private static Ticket partyWithRoles(Random random, Ticket ticket) {
            Ticket party = Waiters.joined(ticket, 1 + random.nextInt(4) / 3);
            return playing(
                    party,
                    party.players().stream()
                            .map(one -> GroupsTest.ROLES.get(random.nextInt(GroupsTest.ROLES.size())))
                            .toArray(String[]::new));
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofFewNobodyIsLeftWhoCouldPlayAndEveryMatchKeepsTheRules(Game game) {
        SlowGroups slow = new SlowGroups(game.rules, REGIONS);
        int matches = 0;
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Map<String, Ticket> waiting = new HashMap<>();
            for (int i = 0; i < 9; i++) {
                Ticket someone = game.someone(random, "t" + i, NOW.minusMillis(random.nextInt(30_000)));
                waiting.put(someone.ticketId(), someone);
            }

            Proposals found = Waiters.match(waiting.values(), game.rules, REGIONS, NOW);

            matches += leave(waiting, found, slow, NOW);
            assertThat(slow.anyMatch(waiting.values(), NOW))
                    .as("seed %s: %s", seed, waiting.values())
                    .isFalse();
        }
        assertThat(matches).isGreaterThan(5);
    }

    @ParameterizedTest
    @EnumSource
    void anEveningOfComingAndGoingLeavesNobodyWhoCouldPlayForLongerThanLooksAreApart(Game game) {
        SlowGroups slow = new SlowGroups(game.rules, REGIONS);
        int matches = 0;
        for (long seed = 0; seed < 6; seed++) {
            Random random = new Random(seed);
            Pool pool = new Pool(game.rules, REGIONS);
            Map<String, Ticket> waiting = new HashMap<>();
            Instant now = NOW;
            for (int step = 0; step < 60; step++) {
                if (waiting.size() < 9) {
                    Instant created = random.nextInt(3) == 0 ? now.minusMillis(random.nextInt(20_000)) : now;
                    Ticket someone = game.someone(random, "t" + step, created);
                    pool.add(someone);
                    waiting.put(someone.ticketId(), someone);
                } else {
                    String leaves = Collections.min(waiting.keySet());
                    waiting.remove(leaves);
                    assertThat(pool.remove(leaves)).isPresent();
                }

                Proposals found = pool.match(now);

                matches += leave(waiting, found, slow, now);
                assertThat(pool.size()).isEqualTo(waiting.size());
                now = nextLook(found.nextMoment(), slow, waiting, now, random);
            }
        }
        assertThat(matches).isGreaterThan(5);
    }

    /** Takes out who was matched. @return how many matches that were */
    private static int leave(Map<String, Ticket> waiting, Proposals found, SlowGroups slow, Instant now) {
        for (Proposal match : found.matches()) {
            assertThat(slow.isMatch(match, now)).as("%s", match).isTrue();
            for (Ticket ticket : match.tickets()) {
                assertThat(waiting.remove(ticket.ticketId())).isEqualTo(ticket);
            }
        }
        return found.matches().size();
    }

    private static Instant nextLook(
            @Nullable Instant moment, SlowGroups slow, Map<String, Ticket> waiting, Instant now, Random random) {
        Instant quiet = moment == null ? now.plusSeconds(300) : moment.minus(SPACING);
        if (quiet.isAfter(now)) {
            assertThat(slow.anyMatch(waiting.values(), quiet))
                    .as("at %s, after %s, until %s: %s", quiet, now, moment, waiting.values())
                    .isFalse();
        }
        return moment == null || random.nextInt(4) == 0 ? now.plusMillis(random.nextInt(300)) : moment;
    }

    @Test
    void partiesStayTogetherAndTheTeamsAreAsStrongAsTheyCanBe() {
        Proposals found = Waiters.match(
                List.of(
                        party("pair", 9, 1600, 1500),
                        ticket("a", 1590, 3),
                        ticket("b", 1570, 2),
                        ticket("c", 1480, 1),
                        ticket("d", 1560, 1)),
                rules(new Teams(2, 3), RANK),
                EU,
                NOW);

        assertThat(teams(found.matches().getFirst()))
                .extracting(Set::copyOf)
                .containsExactlyInAnyOrder(Set.of("d", "pair"), Set.of("a", "c", "b"));
    }

    @Test
    void partiesThatNeedEachOtherAreFoundThoughTheFirstChoiceLeadsNowhere() {
        // 3 and 2, twice; the two of four are in nobody's way.
        Proposals found = Waiters.match(
                List.of(
                        party("four", 9, 1500, 1500, 1500, 1500),
                        party("also-four", 8, 1500, 1500, 1500, 1500),
                        party("three", 7, 1500, 1500, 1500),
                        party("also-three", 6, 1500, 1500, 1500),
                        party("two", 5, 1500, 1500),
                        party("also-two", 4, 1500, 1500)),
                rules(new Teams(2, 5), RANK),
                EU,
                NOW);

        assertThat(together(found)).containsExactly(Set.of("three", "also-three", "two", "also-two"));
    }

    @Test
    void whomTheFirstChoicesShutOutIsFoundByTakingThemBack() {
        Pool pool = new Pool(rules(new Teams(3, 1), RANK), EU);
        // Nearest to "one" and older than all, but they want to meet nobody else.
        List<String> avoided = List.of("p-x", "p-y", "p-z", "p-p", "p-q");
        for (String id : List.of("x", "y", "z")) {
            pool.add(avoiding(ticket(id, 1500, 60), avoided.toArray(String[]::new)));
        }
        pool.add(ticket("p", 1620, 10));
        pool.add(ticket("q", 1640, 10));
        Proposals before = pool.match(NOW);
        pool.add(ticket("one", 1500, 20));

        Proposals then = pool.match(NOW);

        assertThat(before.matches()).isEmpty();
        assertThat(together(then)).containsExactly(Set.of("one", "p", "q"));
    }

    @Test
    void everyTeamGetsItsTank() {
        MatchingRules raid = rules(new Teams(2, 2), RANK, new Role("tank", 1, 1));

        Proposals without = Waiters.match(
                List.of(
                        playing(ticket("t", 1500, 9), "tank"),
                        ticket("a", 1500, 8),
                        ticket("b", 1500, 7),
                        ticket("c", 1500, 6)),
                raid,
                EU,
                NOW);
        Proposals with = Waiters.match(
                List.of(
                        playing(ticket("t", 1500, 9), "tank"),
                        ticket("a", 1500, 8),
                        ticket("b", 1500, 7),
                        playing(ticket("c", 1500, 6), "healer tank")),
                raid,
                EU,
                NOW);

        assertThat(without.matches()).isEmpty();
        assertThat(teams(with.matches().getFirst()))
                .allSatisfy(team -> assertThat(team).containsAnyOf("t", "c"));
    }

    @Test
    void fewerStartOnceOneOfThemHasWaitedAndNotBefore() {
        MatchingRules rules = rules(new Teams(2, 3, 2, Duration.ofSeconds(10)), RANK);
        Pool pool = new Pool(rules, EU);
        IntStream.range(0, 4).forEach(i -> pool.add(ticket("t" + i, 1500, 5)));

        Proposals early = pool.match(NOW);
        Proposals then = pool.match(NOW.plusSeconds(5));

        assertThat(early.matches()).isEmpty();
        assertThat(early.nextMoment()).isEqualTo(NOW.plusSeconds(5));
        assertThat(then.matches()).hasSize(1);
        assertThat(then.matches().getFirst().teams())
                .allSatisfy(team -> assertThat(team).hasSize(2));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theOrderInWhichTheyComeDoesNotMatter(long seed) {
        Random random = new Random(seed);
        List<Ticket> crowd = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            crowd.add(Game.ROLES.someone(random, "t" + i, NOW.minusMillis(random.nextInt(30_000))));
        }
        Proposals once = Waiters.match(crowd, Game.ROLES.rules, REGIONS, NOW);
        Collections.shuffle(crowd, random);

        assertThat(Waiters.match(crowd, Game.ROLES.rules, REGIONS, NOW)).isEqualTo(once);
    }

    @ParameterizedTest
    @EnumSource
    void inACrowdEveryMatchKeepsTheRulesAndNobodyIsLost(Game game) {
        Random random = new Random(7);
        SlowGroups slow = new SlowGroups(game.rules, REGIONS);
        Map<String, Ticket> waiting = new HashMap<>();
        Pool pool = new Pool(game.rules, REGIONS);
        for (int i = 0; i < 1000; i++) {
            Ticket someone = game.someone(random, "t" + i, NOW.minusMillis(random.nextInt(30_000)));
            waiting.put(someone.ticketId(), someone);
            pool.add(someone);
        }

        int matches = leave(waiting, pool.match(NOW), slow, NOW);

        assertThat(matches).isGreaterThan(50);
        assertThat(pool.tickets()).hasSize(waiting.size()).allMatch(one -> waiting.containsKey(one.ticketId()));
    }
}

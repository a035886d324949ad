package dev.paddock.manager.matchmaking;

import static dev.paddock.manager.matchmaking.Waiters.DUEL;
import static dev.paddock.manager.matchmaking.Waiters.NOW;
import static dev.paddock.manager.matchmaking.Waiters.avoiding;
import static dev.paddock.manager.matchmaking.Waiters.party;
import static dev.paddock.manager.matchmaking.Waiters.playing;
import static dev.paddock.manager.matchmaking.Waiters.returned;
import static dev.paddock.manager.matchmaking.Waiters.rules;
import static dev.paddock.manager.matchmaking.Waiters.ticket;
import static dev.paddock.manager.matchmaking.Waiters.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Role;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InspectionTest {
    private static final List<String> EU = List.of("eu");

    @Test
    void eachRuleIsSaidOfThoseWhomItKeepsApart() {
        Ticket one = avoiding(version(ticket("one", 1500, 4, Map.of("eu", 20)), "1"), "p-blocked");

        Reasons reasons = why(
                DUEL,
                one,
                version(ticket("far", 1701, 60), "1"),
                version(ticket("new-and-far", 1601, 0), "1"),
                version(ticket("other-side", 1500, 9, Map.of("us", 10)), "1"),
                version(ticket("old-client", 1500, 9), "0"),
                version(ticket("blocked", 1500, 9), "1"),
                version(ticket("fits", 1500, 1), "1"));

        assertThat(reasons.windowRank()).isEqualTo(200);
        assertThat(reasons.windowLatency()).isEqualTo(Map.of("eu", 100.0));
        assertThat(reasons.lookedAt()).isEqualTo(6);
        assertThat(reasons.rank()).isEqualTo(2);
        assertThat(reasons.latency()).isEqualTo(1);
        assertThat(reasons.attributes()).isEqualTo(1);
        assertThat(reasons.avoid()).isEqualTo(1);
        assertThat(reasons.fits()).isEqualTo(1);
    }

    @Test
    void thePositionIsTheOrderInWhichTicketsChoose() {
        Reasons reasons = why(
                DUEL,
                ticket("one", 100, 5),
                ticket("older", 2000, 6),
                returned(ticket("back", 3000, 1)),
                ticket("younger", 4000, 4),
                version(ticket("older-elsewhere", 2000, 7), "2"));

        assertThat(reasons.position()).isEqualTo(4);
        assertThat(reasons.waiting()).isEqualTo(5);
    }

    @Test
    void whatIsMissingIsCountedAmongThoseWhoFit() {
        MatchingRules raid = rules(new Teams(2, 3), new Window(100, 25, 1000), new Role("tank", 1, 1));

        Reasons reasons = why(
                raid,
                playing(ticket("one", 1500, 5), "healer"),
                playing(ticket("tank", 1500, 4), "tank"),
                ticket("also", 1500, 4),
                party("too-many", 4, 1500, 1500, 1500, 1500));

        assertThat(reasons.missingPlayers()).isEqualTo(3);
        assertThat(reasons.missingRoles()).isEqualTo(Map.of("tank", 1));
        assertThat(reasons.teamSize()).isEqualTo(1);
    }

    @Test
    void aLongQueueIsCountedWholeAndLookedAtInPart() {
        Pool pool = new Pool(DUEL, EU);
        IntStream.range(0, 25_000).forEach(i -> pool.add(ticket("t" + i, i * 10_000.0, i % 100)));
        Ticket youngest = ticket("youngest", -1, -1);
        pool.add(youngest);

        Reasons reasons = new Inspection(DUEL, EU, NOW).why(youngest, pool.glimpse(youngest));
        QueueNumbers numbers = new Inspection(DUEL, EU, NOW).numbers(pool.glimpse());

        assertThat(reasons.position()).isEqualTo(25_001);
        assertThat(reasons.lookedAt()).isBetween(8_000, Reasons.MOST_LOOKED_AT);
        assertThat(numbers.tickets()).isEqualTo(25_001);
        assertThat(numbers.players()).isEqualTo(25_001);
        assertThat(numbers.pairs()).isBetween(5_000, QueueNumbers.MOST_PAIRS);
        assertThat(numbers.waitedMs()).containsEntry("max", 99_000L);
        assertThat(numbers.waitedMs().get("p50")).isBetween(45_000L, 55_000L);
    }

    @Test
    void anEmptyQueueHasNumbersToo() {
        QueueNumbers numbers = new Inspection(DUEL, EU, NOW).numbers(new Pool(DUEL, EU).glimpse());

        assertThat(numbers.tickets()).isZero();
        assertThat(numbers.waitedMs()).isEmpty();
    }

    private static Reasons why(MatchingRules rules, Ticket one, Ticket... others) {
        Pool pool = new Pool(rules, EU);
        pool.add(one);
        List.of(others).forEach(pool::add);
        return new Inspection(rules, EU, NOW).why(one, pool.glimpse(one));
    }
}

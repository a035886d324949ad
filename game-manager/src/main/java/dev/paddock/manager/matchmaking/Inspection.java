package dev.paddock.manager.matchmaking;

import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Role;
import dev.paddock.protocol.mode.Teams;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Looks at waiting tickets with the rules in hand, for those who ask why. It says the rules once more, one by one and
 * without any index: the tests hold the matcher against it.
 */
final class Inspection {
    private final MatchingRules rules;
    private final Collection<String> regions;
    private final Instant now;

    Inspection(MatchingRules rules, Collection<String> regions, Instant now) {
        this.rules = rules;
        this.regions = regions;
        this.now = now;
    }

    /** What can keep two tickets apart. */
    enum Rule {
        RANK,
        LATENCY,
        ATTRIBUTES,
        AVOID,
        TEAM_SIZE;

        String word() {
            return this == TEAM_SIZE ? "teamSize" : name().toLowerCase(Locale.ROOT);
        }
    }

    /** The rules that keep these two apart now; none: they fit. */
    Set<Rule> apart(Ticket one, Ticket other) {
        Set<Rule> apart = EnumSet.noneOf(Rule.class);
        double distance = Math.abs(one.rating() - other.rating());
        if (distance > Math.min(window(one), window(other)) + Tolerance.RATING) {
            apart.add(Rule.RANK);
        }
        if (regions.stream().noneMatch(region -> canPlay(one, region) && canPlay(other, region))) {
            apart.add(Rule.LATENCY);
        }
        if (rules.equal().stream()
                .anyMatch(name -> !Objects.equals(
                        one.attributes().get(name), other.attributes().get(name)))) {
            apart.add(Rule.ATTRIBUTES);
        }
        if (avoids(one, other) || avoids(other, one)) {
            apart.add(Rule.AVOID);
        }
        if (!haveRoom(one, other)) {
            apart.add(Rule.TEAM_SIZE);
        }
        return apart;
    }

    Reasons why(Ticket ticket, Glimpse waiting) {
        int[] failing = new int[Rule.values().length];
        List<Ticket> fitting = new ArrayList<>();
        int lookedAt = 0;
        for (Ticket other : waiting.sample()) {
            if (other.ticketId().equals(ticket.ticketId())) {
                continue;
            }
            lookedAt++;
            Set<Rule> apart = apart(ticket, other);
            apart.forEach(rule -> failing[rule.ordinal()]++);
            if (apart.isEmpty()) {
                fitting.add(other);
            }
        }
        Map<String, Integer> missing = missingRoles(ticket, fitting);
        return new Reasons(
                waiting.before() + 1,
                waiting.tickets(),
                window(ticket),
                latencyWindows(ticket),
                lookedAt,
                fitting.size(),
                failing[Rule.RANK.ordinal()],
                failing[Rule.LATENCY.ordinal()],
                failing[Rule.ATTRIBUTES.ordinal()],
                failing[Rule.AVOID.ordinal()],
                missing.isEmpty() ? 0 : withoutAnyOf(missing.keySet(), fitting),
                failing[Rule.TEAM_SIZE.ordinal()],
                missingPlayers(ticket, fitting),
                missing);
    }

    QueueNumbers numbers(Glimpse waiting) {
        long[] waited = waiting.sample().stream()
                .mapToLong(ticket -> waited(ticket).toMillis())
                .sorted()
                .toArray();
        int stride = stride(waiting.sample().size(), (int) Math.sqrt(2.0 * QueueNumbers.MOST_PAIRS));
        List<Ticket> sample = new ArrayList<>();
        for (int i = 0; i < waiting.sample().size(); i += stride) {
            sample.add(waiting.sample().get(i));
        }
        int[] failing = new int[Rule.values().length];
        int pairs = 0;
        int fits = 0;
        for (int i = 0; i < sample.size(); i++) {
            for (int j = i + 1; j < sample.size(); j++) {
                Set<Rule> apart = apart(sample.get(i), sample.get(j));
                apart.forEach(rule -> failing[rule.ordinal()]++);
                fits += apart.isEmpty() ? 1 : 0;
                pairs++;
            }
        }
        Map<String, Integer> rejections = new HashMap<>();
        for (Rule rule : Rule.values()) {
            rejections.put(rule.word(), failing[rule.ordinal()]);
        }
        return new QueueNumbers(
                waiting.tickets(),
                waiting.players(),
                waiting.returned(),
                percentiles(waited, now.toEpochMilli() - waiting.oldest()),
                pairs,
                rejections,
                fits);
    }

    private static Map<String, Long> percentiles(long[] sorted, long longest) {
        if (sorted.length == 0) {
            return Map.of();
        }
        return Map.of(
                "p50", sorted[(sorted.length - 1) / 2],
                "p95", sorted[(int) ((sorted.length - 1) * 0.95)],
                "p99", sorted[(int) ((sorted.length - 1) * 0.99)],
                "max", Math.max(longest, sorted[sorted.length - 1]));
    }

    private static int stride(int all, int most) {
        return Math.max(1, (all + most - 1) / most);
    }

    private Duration waited(Ticket ticket) {
        Duration waited = Duration.between(ticket.createdAt(), now);
        return waited.isNegative() ? Duration.ZERO : waited;
    }

    private double window(Ticket ticket) {
        return rules.rank().after(waited(ticket));
    }

    boolean canPlay(Ticket ticket, String region) {
        Map<String, Integer> latencies = ticket.latencies();
        if (latencies.isEmpty()) {
            return true;
        }
        Integer latency = latencies.get(region);
        return latency != null && latency <= rules.latency().after(waited(ticket)) + Tolerance.RATING;
    }

    private Map<String, Double> latencyWindows(Ticket ticket) {
        double window = rules.latency().after(waited(ticket));
        Map<String, Integer> latencies = ticket.latencies();
        Map<String, Double> windows = new HashMap<>();
        for (String region : regions) {
            Integer latency = latencies.get(region);
            if (latencies.isEmpty()
                    || latency != null && latency <= rules.latency().limit()) {
                windows.put(region, window);
            }
        }
        return windows;
    }

    static boolean avoids(Ticket one, Ticket other) {
        return one.players().stream()
                .flatMap(player -> player.avoids().stream())
                .anyMatch(other::isOf);
    }

    private boolean haveRoom(Ticket one, Ticket other) {
        Teams teams = rules.teams();
        int size = one.players().size();
        int otherSize = other.players().size();
        if (size > teams.size() || otherSize > teams.size()) {
            return false;
        }
        return teams.count() > 1 || size + otherSize <= teams.size();
    }

    private int missingPlayers(Ticket ticket, List<Ticket> fitting) {
        Duration fewerAfter = rules.teams().fewerAfter();
        boolean fewerMay = fewerAfter != null
                && (waited(ticket).compareTo(fewerAfter) >= 0
                        || fitting.stream().anyMatch(other -> waited(other).compareTo(fewerAfter) >= 0));
        int least = fewerMay ? rules.teams().leastPlayers() : rules.teams().players();
        int there = ticket.players().size()
                + fitting.stream().mapToInt(other -> other.players().size()).sum();
        return Math.max(0, least - there);
    }

    private Map<String, Integer> missingRoles(Ticket ticket, List<Ticket> fitting) {
        Map<String, Integer> missing = new HashMap<>();
        for (Role role : rules.roles()) {
            int there = playing(role.name(), ticket);
            for (Ticket other : fitting) {
                there += playing(role.name(), other);
            }
            int needed = role.min() * rules.teams().count();
            if (there < needed) {
                missing.put(role.name(), needed - there);
            }
        }
        return missing;
    }

    private static int playing(String role, Ticket ticket) {
        int playing = 0;
        for (TicketPlayer player : ticket.players()) {
            playing += player.roles().contains(role) ? 1 : 0;
        }
        return playing;
    }

    private static int withoutAnyOf(Set<String> roles, List<Ticket> fitting) {
        return (int) fitting.stream()
                .filter(other -> roles.stream().allMatch(role -> playing(role, other) == 0))
                .count();
    }
}

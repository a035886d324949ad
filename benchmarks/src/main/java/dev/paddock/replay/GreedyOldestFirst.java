package dev.paddock.replay;

import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.protocol.mode.MatchingRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The baseline: the oldest ticket takes the next oldest ones that fit, whoever they are, until the teams are full. The
 * same rules say who fits; no thought is given to who fits <em>better</em>. It looks at every arrival, and every
 * {@link #TICK_MS} while enough wait. Knows full teams, rank, latency, parties, equal attributes and avoid lists.
 */
final class GreedyOldestFirst implements Contender {
    private static final long TICK_MS = 100;

    private final MatchingRules rules;
    private final List<String> regions;
    private final Map<String, Ticket> byId = new LinkedHashMap<>();
    private final TreeSet<Ticket> oldestFirst =
            new TreeSet<>(Comparator.comparing(Ticket::createdAt).thenComparing(Ticket::ticketId));

    GreedyOldestFirst(MatchingRules rules, List<String> regions) {
        if (!knows(rules)) {
            throw new IllegalArgumentException("the baseline knows neither roles nor teams that are not full");
        }
        this.rules = rules;
        this.regions = regions.stream().sorted().toList();
    }

    /** Whether it can go by these rules. */
    static boolean knows(MatchingRules rules) {
        return rules.roles().isEmpty() && rules.teams().leastSize() == null;
    }

    @Override
    public void add(Ticket ticket) {
        byId.put(ticket.ticketId(), ticket);
        oldestFirst.add(ticket);
    }

    @Override
    public void remove(String ticketId) {
        Ticket removed = byId.remove(ticketId);
        if (removed != null) {
            oldestFirst.remove(removed);
        }
    }

    @Override
    public Found match(Instant now) {
        List<Candidate> candidates = new ArrayList<>();
        oldestFirst.forEach(ticket -> candidates.add(candidate(ticket, now)));
        boolean[] taken = new boolean[candidates.size()];
        List<Group> found = new ArrayList<>();
        for (int anchor = 0; anchor < taken.length; anchor++) {
            Group group = taken[anchor] ? null : group(candidates, taken, anchor);
            if (group != null) {
                found.add(group);
                group.tickets().forEach(ticket -> remove(ticket.ticketId()));
            }
        }
        boolean enough = byId.size() > 1 && !regions.isEmpty();
        return new Found(found, enough ? now.plusMillis(TICK_MS) : null);
    }

    /** A ticket, and how far it reaches now. */
    private record Candidate(Ticket ticket, double rating, double window, double[] latencies) {}

    private Candidate candidate(Ticket ticket, Instant now) {
        long waitedMs = now.toEpochMilli() - ticket.createdAt().toEpochMilli();
        double reach = rules.latency().afterMillis(waitedMs);
        Map<String, Integer> said = ticket.latencies();
        boolean anywhere =
                ticket.players().stream().allMatch(one -> one.latencies().isEmpty());
        double[] latencies = new double[regions.size()];
        for (int i = 0; i < latencies.length; i++) {
            Integer latency = said.get(regions.get(i));
            double counts = latency == null ? Double.POSITIVE_INFINITY : latency;
            // Beyond what it takes now: as if it could not be played.
            latencies[i] = anywhere ? rules.latency().start() : counts <= reach ? counts : Double.POSITIVE_INFINITY;
        }
        return new Candidate(ticket, ticket.rating(), rules.rank().afterMillis(waitedMs), latencies);
    }

    private @Nullable Group group(List<Candidate> candidates, boolean[] taken, int anchor) {
        Teams teams = new Teams(rules.teams().count(), rules.teams().size());
        double[] worst = new double[regions.size()];
        List<Integer> chosen = new ArrayList<>();
        for (int i = anchor; i < taken.length && !teams.areFull(); i++) {
            Candidate candidate = candidates.get(i);
            if (!taken[i] && fits(candidate, candidates, chosen, worst) && teams.place(candidate.ticket())) {
                chosen.add(i);
                for (int r = 0; r < worst.length; r++) {
                    worst[r] = Math.max(worst[r], candidate.latencies()[r]);
                }
            } else if (i == anchor) {
                return null;
            }
        }
        if (!teams.areFull()) {
            return null;
        }
        chosen.forEach(i -> taken[i] = true);
        return new Group(regions.get(best(worst)), teams.tickets);
    }

    private boolean fits(Candidate candidate, List<Candidate> all, List<Integer> chosen, double[] worst) {
        for (int i : chosen) {
            Candidate other = all.get(i);
            double distance = Math.abs(candidate.rating() - other.rating());
            if (distance > Math.min(candidate.window(), other.window()) + 1e-9
                    || !isEqual(candidate.ticket(), other.ticket())
                    || avoid(candidate.ticket(), other.ticket())) {
                return false;
            }
        }
        for (int r = 0; r < worst.length; r++) {
            if (Double.isFinite(Math.max(worst[r], candidate.latencies()[r]))) {
                return true;
            }
        }
        return false;
    }

    private boolean isEqual(Ticket one, Ticket other) {
        return rules.equal().stream()
                .allMatch(name -> Objects.equals(
                        one.attributes().get(name), other.attributes().get(name)));
    }

    private static boolean avoid(Ticket one, Ticket other) {
        return avoids(one, other) || avoids(other, one);
    }

    private static boolean avoids(Ticket one, Ticket other) {
        Set<String> avoided = new HashSet<>();
        for (TicketPlayer player : one.players()) {
            avoided.addAll(player.avoids());
        }
        return !avoided.isEmpty() && other.players().stream().anyMatch(player -> avoided.contains(player.playerId()));
    }

    private static int best(double[] worst) {
        int best = 0;
        for (int r = 1; r < worst.length; r++) {
            best = worst[r] < worst[best] ? r : best;
        }
        return best;
    }

    /** Teams that are being filled: each ticket into the weakest that has room for all of it. */
    private static final class Teams {
        private final List<List<Ticket>> tickets = new ArrayList<>();
        private final int[] room;
        private final double[] sums;

        Teams(int count, int size) {
            room = new int[count];
            sums = new double[count];
            Arrays.fill(room, size);
            for (int i = 0; i < count; i++) {
                tickets.add(new ArrayList<>());
            }
        }

        boolean place(Ticket ticket) {
            int players = ticket.players().size();
            int weakest = -1;
            for (int team = 0; team < room.length; team++) {
                if (room[team] >= players && (weakest < 0 || sums[team] < sums[weakest])) {
                    weakest = team;
                }
            }
            if (weakest < 0) {
                return false;
            }
            tickets.get(weakest).add(ticket);
            room[weakest] -= players;
            sums[weakest] += ticket.rating() * players;
            return true;
        }

        boolean areFull() {
            return Arrays.stream(room).allMatch(left -> left == 0);
        }
    }
}

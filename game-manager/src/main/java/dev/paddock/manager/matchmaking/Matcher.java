package dev.paddock.manager.matchmaking;

import dev.paddock.manager.matchmaking.Proposals.Proposal;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides who plays whom, where. Pure: the same tickets, rules, regions and time give the same matches.
 *
 * <ul>
 *   <li>The oldest ticket chooses first, and gets the nearest in rating that fit.
 *   <li>Two fit if the difference of their ratings lies in the rank windows of <em>both</em>, as they are now.
 *   <li>A player can play in a region whose latency lies in the player's latency window, as it is now. A ticket without
 *       latencies can play everywhere, at the window's start.
 *   <li>The match is where the player who is worst off is best off, of the regions in which all can play.
 * </ul>
 *
 * For two players, nobody is left who would fit with another who is left, and a pass costs O(n log n) for each region.
 * For more, each choice looks at a bounded number of neighbours.
 */
final class Matcher {
    /** So many neighbours are looked at for each player of a match with more than two. */
    private static final int LOOKS = 8;

    /** Matches of more than two: moments at which any two begin to fit come thick, and are looked at together. */
    private static final long SPACING_MS = 25;

    private static final Comparator<Ticket> BY_RATING = Comparator.comparingDouble(Ticket::rating)
            .thenComparing(Ticket::createdAt)
            .thenComparing(Ticket::ticketId);

    Proposals match(Collection<Ticket> waiting, MatchingRules rules, List<String> regions, Instant now) {
        if (waiting.size() < rules.teams().players() || regions.isEmpty()) {
            return Proposals.NONE;
        }
        Ticket[] tickets = waiting.toArray(Ticket[]::new);
        Arrays.sort(tickets, BY_RATING);
        return new Pass(tickets, rules, regions, now.toEpochMilli()).run();
    }

    /** One look at all waiting tickets. A ticket is named by its place in the order of ratings. */
    private static final class Pass {
        private final Ticket[] tickets;
        private final Teams teams;
        private final Window rank;
        private final long now;
        private final double[] ratings;
        private final double[] windows;
        private final long[] created;
        private final int[] oldestFirst;
        private final RegionView[] regions;
        private final BitSet taken;

        Pass(Ticket[] tickets, MatchingRules rules, List<String> regionNames, long now) {
            this.tickets = tickets;
            this.teams = rules.teams();
            this.rank = rules.rank();
            this.now = now;
            int n = tickets.length;
            this.ratings = new double[n];
            this.windows = new double[n];
            this.created = new long[n];
            for (int i = 0; i < n; i++) {
                ratings[i] = tickets[i].rating();
                created[i] = tickets[i].createdAt().toEpochMilli();
                windows[i] = rank.afterMillis(now - created[i]);
            }
            this.oldestFirst = oldestFirst(created);
            this.taken = new BitSet(n);
            this.regions = regionNames.stream()
                    .sorted()
                    .map(name -> RegionView.of(name, tickets, created, rules.latency(), now))
                    .toArray(RegionView[]::new);
            for (RegionView region : regions) {
                region.index(ratings, windows);
            }
        }

        Proposals run() {
            List<Proposal> found = new ArrayList<>();
            int players = teams.players();
            for (int anchor : oldestFirst) {
                if (taken.get(anchor)) {
                    continue;
                }
                int[] chosen = players == 1 ? alone(anchor) : players == 2 ? partner(anchor) : group(anchor, players);
                if (chosen == null) {
                    continue;
                }
                RegionView region = bestRegion(chosen);
                for (int one : chosen) {
                    taken.set(one);
                    for (RegionView each : regions) {
                        each.remove(one);
                    }
                }
                found.add(new Proposal(region.name(), intoTeams(chosen)));
            }
            return new Proposals(found, nextMoment());
        }

        private int @Nullable [] alone(int anchor) {
            for (RegionView region : regions) {
                if (region.isOpen(anchor)) {
                    return new int[] {anchor};
                }
            }
            return null;
        }

        private int @Nullable [] partner(int anchor) {
            int best = -1;
            for (RegionView region : regions) {
                if (region.isOpen(anchor)) {
                    best = nearer(anchor, best, region.below(anchor, anchor));
                    best = nearer(anchor, best, region.above(anchor, anchor));
                }
            }
            return best < 0 ? null : new int[] {anchor, best};
        }

        /** Of two candidates (-1: none) the nearer in rating, then the older, that lies in the anchor's own window. */
        private int nearer(int anchor, int one, int other) {
            if (other < 0 || distance(anchor, other) > windows[anchor] + RegionView.EPSILON) {
                return one;
            }
            if (one < 0) {
                return other;
            }
            int byDistance = Double.compare(distance(anchor, one), distance(anchor, other));
            if (byDistance != 0) {
                return byDistance < 0 ? one : other;
            }
            return created[one] <= created[other] ? one : other;
        }

        /** The tightest group around the anchor, over the regions. */
        private int @Nullable [] group(int anchor, int players) {
            int[] best = null;
            for (RegionView region : regions) {
                if (region.isOpen(anchor) && region.size() >= players) {
                    int[] group = groupIn(region, anchor, players);
                    if (group != null && (best == null || spread(group) < spread(best))) {
                        best = group;
                    }
                }
            }
            return best;
        }

        private int @Nullable [] groupIn(RegionView region, int anchor, int players) {
            List<Integer> near = new ArrayList<>();
            int below = region.below(anchor, anchor);
            int above = region.above(anchor, anchor);
            while (near.size() < LOOKS * players) {
                int next = nearer(anchor, nearer(anchor, -1, below), above);
                if (next < 0) {
                    break;
                }
                near.add(next);
                if (next == below) {
                    below = region.below(anchor, below);
                } else {
                    above = region.above(anchor, above);
                }
            }
            int[] group = firstThatFit(anchor, near, players);
            if (group != null) {
                return group;
            }
            // A newcomer with a narrow window right beside the anchor must not keep the patient ones away.
            near.sort(Comparator.<Integer>comparingLong(i -> created[i]).thenComparing(i -> i));
            return firstThatFit(anchor, near, players);
        }

        private int @Nullable [] firstThatFit(int anchor, List<Integer> candidates, int players) {
            int[] group = new int[players];
            group[0] = anchor;
            int size = 1;
            for (int candidate : candidates) {
                if (fitsAll(candidate, group, size)) {
                    group[size++] = candidate;
                    if (size == players) {
                        return group;
                    }
                }
            }
            return null;
        }

        private boolean fitsAll(int candidate, int[] group, int size) {
            for (int i = 0; i < size; i++) {
                double reach = Math.min(windows[candidate], windows[group[i]]) + RegionView.EPSILON;
                if (distance(candidate, group[i]) > reach) {
                    return false;
                }
            }
            return true;
        }

        private RegionView bestRegion(int[] chosen) {
            RegionView best = null;
            double bestWorst = Double.POSITIVE_INFINITY;
            for (RegionView region : regions) {
                double worst = region.worstLatency(chosen);
                // Regions are sorted by name: the first of equals stays.
                if (worst < bestWorst) {
                    best = region;
                    bestWorst = worst;
                }
            }
            if (best == null) {
                throw new IllegalStateException("chosen players share no region");
            }
            return best;
        }

        /** Strongest first, each to the weakest team that has a place: sums of ratings come out close. */
        private List<List<Ticket>> intoTeams(int[] chosen) {
            Integer[] strongestFirst = Arrays.stream(chosen).boxed().toArray(Integer[]::new);
            Arrays.sort(strongestFirst, Collections.reverseOrder());
            List<List<Ticket>> into = new ArrayList<>();
            double[] sums = new double[teams.count()];
            for (int team = 0; team < teams.count(); team++) {
                into.add(new ArrayList<>(teams.size()));
            }
            for (int one : strongestFirst) {
                int weakest = -1;
                for (int team = 0; team < sums.length; team++) {
                    boolean hasPlace = into.get(team).size() < teams.size();
                    if (hasPlace && (weakest < 0 || sums[team] < sums[weakest])) {
                        weakest = team;
                    }
                }
                into.get(weakest).add(tickets[one]);
                sums[weakest] += ratings[one];
            }
            return into;
        }

        private @Nullable Instant nextMoment() {
            long next = Window.NEVER;
            for (RegionView region : regions) {
                if (region.everPlayable(taken) >= teams.players()) {
                    next = Math.min(next, region.nextOpening(taken, now));
                    next = Math.min(next, region.nextFit(oldestFirst, created, ratings, rank, now));
                }
            }
            if (next == Window.NEVER) {
                return null;
            }
            long earliest = now + (teams.players() > 2 ? SPACING_MS : 1);
            return Instant.ofEpochMilli(Math.max(next, earliest));
        }

        private double spread(int[] group) {
            double lowest = Double.POSITIVE_INFINITY;
            double highest = Double.NEGATIVE_INFINITY;
            for (int one : group) {
                lowest = Math.min(lowest, ratings[one]);
                highest = Math.max(highest, ratings[one]);
            }
            return highest - lowest;
        }

        private double distance(int one, int other) {
            return Math.abs(ratings[one] - ratings[other]);
        }

        private static int[] oldestFirst(long[] created) {
            return java.util.stream.IntStream.range(0, created.length)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingLong(i -> created[i]).thenComparing(i -> i))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
    }
}

package dev.paddock.manager.matchmaking;

import dev.paddock.protocol.mode.Teams;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts tickets into teams: parties whole, all teams of one size, each with its roles, and as strong as each other.
 *
 * <p>While a match is gathered, each ticket goes to the team with most room that can take it. That is bounded, and may
 * refuse a party for which another order would have found room. When all are there, they are shared out anew: two teams of
 * at most {@value #MOST_FOR_ALL} tickets in every possible way, and the one with the smallest difference in rating is taken;
 * more tickets from the strongest down, each to the weakest team that has a place, and then by exchanging two as long as
 * that brings the teams nearer, at most {@value #ROUNDS} rounds.
 */
final class Lineup {
    private static final int MOST_FOR_ALL = 12;
    private static final int MOST_TO_EXCHANGE = 64;
    private static final int ROUNDS = 4;

    private final Crowd crowd;
    private final Teams teams;
    private final Cast cast;
    private final boolean hasRoles;
    private final List<Places> lineup = new ArrayList<>();
    private final Places all = new Places();
    private final int[] taken;
    private final double[] sums;
    private int places;
    private int bestSplit;
    private double bestDifference;

    Lineup(Circle circle) {
        this.crowd = circle.crowd();
        this.teams = circle.rules().teams();
        this.cast = new Cast(circle.rules().roles(), teams.size());
        this.hasRoles = !circle.rules().roles().isEmpty();
        this.taken = new int[teams.count()];
        this.sums = new double[teams.count()];
        for (int team = 0; team < teams.count(); team++) {
            lineup.add(new Places());
        }
    }

    /** Begins with empty teams of so many players. */
    void begin(int teamSize) {
        places = teamSize;
        all.clear();
        clearTeams();
    }

    Places all() {
        return all;
    }

    boolean isFull() {
        for (int in : taken) {
            if (in < places) {
                return false;
            }
        }
        return true;
    }

    /** @return whether a team can take it */
    boolean add(int place) {
        int best = -1;
        for (int team = 0; team < taken.length; team++) {
            boolean better = best < 0 || taken[team] < taken[best];
            if (better && canTake(team, place)) {
                best = team;
            }
        }
        if (best < 0) {
            return false;
        }
        put(best, place);
        all.add(place);
        return true;
    }

    /** @return whether this team could take it */
    boolean add(int place, int team) {
        if (!canTake(team, place)) {
            return false;
        }
        put(team, place);
        all.add(place);
        return true;
    }

    /** Takes out the one that was put in last. */
    void takeBack(int place, int team) {
        all.removeLast();
        lineup.get(team).removeLast();
        taken[team] -= crowd.size(place);
        sums[team] -= strength(place);
    }

    boolean isEmpty(int team) {
        return taken[team] == 0;
    }

    boolean contains(int place) {
        return all.contains(place);
    }

    boolean avoidsAny(int place) {
        for (int i = 0; i < all.size(); i++) {
            if (crowd.avoid(place, all.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** From the lowest rating to the highest. */
    double spread() {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < all.size(); i++) {
            lowest = Math.min(lowest, crowd.rating(all.get(i)));
            highest = Math.max(highest, crowd.rating(all.get(i)));
        }
        return highest - lowest;
    }

    /** The full teams, the strongest player in the first. */
    List<Places> balanced() {
        all.sort((one, other) -> crowd.byRating(other, one));
        if (taken.length == 2 && all.size() <= MOST_FOR_ALL) {
            takeBestSplit();
        } else if (taken.length > 1) {
            if (!hasRoles && all.size() == places * taken.length) {
                strongestToWeakest();
            }
            if (places > 1 && all.size() <= MOST_TO_EXCHANGE) {
                exchange();
            }
        }
        return lineup;
    }

    private boolean canTake(int team, int place) {
        if (taken[team] + crowd.size(place) > places) {
            return false;
        }
        if (!hasRoles) {
            return true;
        }
        cast.clear();
        Places members = lineup.get(team);
        for (int i = 0; i < members.size(); i++) {
            cast.add(crowd.ticket(members.get(i)));
        }
        cast.add(crowd.ticket(place));
        return cast.works(places);
    }

    private void takeBestSplit() {
        bestSplit = -1;
        bestDifference = Double.POSITIVE_INFINITY;
        int first = crowd.size(all.get(0));
        split(1, 1, first, strength(all.get(0)));
        if (bestSplit < 0) {
            throw new IllegalStateException("a match was gathered that cannot be divided into its teams");
        }
        int chosen = bestSplit;
        clearTeams();
        for (int i = 0; i < all.size(); i++) {
            put((chosen >> i & 1) == 1 ? 0 : 1, all.get(i));
        }
    }

    /** Decides ticket by ticket who is in the first team, in which those are whose bit is set. */
    private void split(int next, int split, int inFirst, double difference) {
        if (next == all.size()) {
            if (inFirst == places && Math.abs(difference) < bestDifference && rolesWork(split)) {
                bestDifference = Math.abs(difference);
                bestSplit = split;
            }
            return;
        }
        int place = all.get(next);
        if (inFirst + crowd.size(place) <= places) {
            split(next + 1, split | 1 << next, inFirst + crowd.size(place), difference + strength(place));
        }
        split(next + 1, split, inFirst, difference - strength(place));
    }

    private boolean rolesWork(int split) {
        if (!hasRoles) {
            return true;
        }
        for (int team = 0; team < 2; team++) {
            cast.clear();
            for (int i = 0; i < all.size(); i++) {
                if ((split >> i & 1) == 1 - team) {
                    cast.add(crowd.ticket(all.get(i)));
                }
            }
            if (!cast.works(places)) {
                return false;
            }
        }
        return true;
    }

    private void strongestToWeakest() {
        clearTeams();
        for (int i = 0; i < all.size(); i++) {
            int weakest = -1;
            for (int team = 0; team < taken.length; team++) {
                if (taken[team] < places && (weakest < 0 || sums[team] < sums[weakest])) {
                    weakest = team;
                }
            }
            put(weakest, all.get(i));
        }
    }

    private void exchange() {
        boolean better = true;
        for (int round = 0; round < ROUNDS && better; round++) {
            better = false;
            for (int one = 0; one < taken.length; one++) {
                for (int other = one + 1; other < taken.length; other++) {
                    better |= exchange(one, other);
                }
            }
        }
    }

    private boolean exchange(int one, int other) {
        Places left = lineup.get(one);
        Places right = lineup.get(other);
        for (int i = 0; i < left.size(); i++) {
            for (int j = 0; j < right.size(); j++) {
                double change = strength(right.get(j)) - strength(left.get(i));
                double before = Math.abs(sums[one] - sums[other]);
                double after = Math.abs(sums[one] - sums[other] + 2 * change);
                if (crowd.size(left.get(i)) != crowd.size(right.get(j)) || after >= before - Tolerance.RATING) {
                    continue;
                }
                left.exchange(i, right, j);
                if (!hasRoles || works(left) && works(right)) {
                    sums[one] += change;
                    sums[other] -= change;
                    return true;
                }
                left.exchange(i, right, j);
            }
        }
        return false;
    }

    private boolean works(Places team) {
        cast.clear();
        for (int i = 0; i < team.size(); i++) {
            cast.add(crowd.ticket(team.get(i)));
        }
        return cast.works(places);
    }

    private double strength(int place) {
        return crowd.rating(place) * crowd.size(place);
    }

    private void put(int team, int place) {
        lineup.get(team).add(place);
        taken[team] += crowd.size(place);
        sums[team] += strength(place);
    }

    private void clearTeams() {
        for (int team = 0; team < taken.length; team++) {
            lineup.get(team).clear();
            taken[team] = 0;
            sums[team] = 0;
        }
    }
}

package dev.paddock.replay;

import dev.paddock.manager.recording.RecordedLine.RecordedPlayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who plays: made-up players, as they are distributed in games of which that is published.
 *
 * <ul>
 *   <li><b>Ratings</b> are normal, mean 1500 and deviation 350, cut at 100 and 3000. Elo's model is a normal one, and large
 *       servers whose rating starts at 1500 (Glicko-2) show a bell around it: <a
 *       href="https://lichess.org/stat/rating/distribution/blitz">lichess.org, blitz</a>. One ticket in ten is of a
 *       newcomer, who has exactly the 1500 that everyone starts with: there is such a peak in published ones, too.
 *   <li><b>Regions</b>: players live near one of three (45, 35, 20 %). To that one they have a latency that is
 *       log-normal, median 28 ms and sigma 0.55 (the access line, with a long tail); to another one that much more as
 *       light in fibre and routing cost, 80 to 190 ms. 3 % say none. The shape is that of wide-area latencies in Agarwal
 *       and Lorch, "Matchmaking for Online Games and Other Latency-Sensitive P2P Systems", SIGCOMM 2009.
 *   <li><b>Parties</b>: 62 % of tickets are of one player, 20, 8, 3 and 7 % of two to five; friends live in one region,
 *       and their ratings are 150 around that of the one who asked. Assumed: nobody publishes it.
 *   <li><b>Avoid lists</b>: 2 % avoid one player who came before. Assumed.
 * </ul>
 */
final class Population {
    static final List<String> REGIONS = List.of("asia-east", "eu-west", "us-east");
    static final double MEAN_RATING = 1500;
    static final double RATING_DEVIATION = 350;
    static final double NEWCOMERS = 0.1;

    private static final double LOWEST = 100;
    private static final double HIGHEST = 3000;
    private static final double FRIENDS_DEVIATION = 150;
    private static final double WITHOUT_LATENCY = 0.03;
    private static final double AVOIDING = 0.02;
    private static final double[] HOMES = {0.20, 0.45, 0.35};
    private static final double[] PARTY_SIZES = {0.62, 0.20, 0.08, 0.03, 0.07};

    /** From region to region, in ms, in the order of {@link #REGIONS}. */
    private static final int[][] BETWEEN = {{0, 190, 150}, {190, 0, 80}, {150, 80, 0}};

    private final Dice dice;
    private int players;

    Population(Dice dice) {
        this.dice = dice;
    }

    /** How many players there are so far. */
    int players() {
        return players;
    }

    RecordedPlayer alone() {
        return player(rating(), dice.pick(HOMES));
    }

    /** @param most so many players at most */
    List<RecordedPlayer> party(int most) {
        int size = Math.min(most, 1 + dice.pick(PARTY_SIZES));
        if (size == 1) {
            return List.of(alone());
        }
        int home = dice.pick(HOMES);
        double first = rating();
        List<RecordedPlayer> party = new ArrayList<>(List.of(player(first, home)));
        while (party.size() < size) {
            party.add(player(cut(dice.normal(first, FRIENDS_DEVIATION)), home));
        }
        return party;
    }

    private double rating() {
        return dice.chance(NEWCOMERS) ? MEAN_RATING : cut(dice.normal(MEAN_RATING, RATING_DEVIATION));
    }

    private static double cut(double rating) {
        return Math.round(Math.clamp(rating, LOWEST, HIGHEST));
    }

    private RecordedPlayer player(double rating, int home) {
        List<String> avoids = players > 0 && dice.chance(AVOIDING) ? List.of("p" + (1 + dice.below(players))) : null;
        players++;
        return new RecordedPlayer("p" + players, rating, null, latencies(home), null, avoids);
    }

    private @Nullable Map<String, Integer> latencies(int home) {
        double access = Math.clamp(dice.logNormal(28, 0.55), 4, 300);
        if (dice.chance(WITHOUT_LATENCY)) {
            return null;
        }
        Map<String, Integer> latencies = new TreeMap<>();
        for (int region = 0; region < REGIONS.size(); region++) {
            double detour = BETWEEN[home][region] * (0.9 + 0.3 * dice.uniform());
            latencies.put(REGIONS.get(region), (int) Math.round(access + detour));
        }
        return latencies;
    }
}

package dev.paddock.manager.rating;

import java.util.ArrayList;
import java.util.List;

/**
 * What a match says of its players: algorithm 4 (Plackett-Luce) of Ruby C. Weng and Chih-Jen Lin, "A Bayesian
 * Approximation Method for Online Ranking", Journal of Machine Learning Research 12 (2011), 267-300. It takes any number
 * of sides of any size, and draws, in one step. The constants are those of OpenSkill, on the scale of {@link Rating}.
 *
 * <p>A side is as strong as its players together. From the first place down, each place is a race against all who had not
 * finished before. What came as a surprise moves the means of those who were in that race, the more the less sure they
 * were, and makes all of them a little surer.
 */
public final class PlackettLuce {
    /** How much what is shown in one match strays. Who is this much stronger wins two of three. */
    private static final double BETA = Rating.SCALE * 25 / 6;

    /** What strength may drift from one match to the next, so that nobody's rating freezes. */
    private static final double TAU = Rating.SCALE * 25 / 300;

    /** The least part of a variance that a match leaves. */
    private static final double KAPPA = 0.0001;

    private final double beta;
    private final double tau;

    /** As players are rated. */
    public PlackettLuce() {
        this(BETA, TAU);
    }

    /** On whichever scale, so that published examples can be tried. */
    PlackettLuce(double beta, double tau) {
        this.beta = beta;
        this.tau = tau;
    }

    /** The ratings after a match, in the order of the sides and of their players. A side alone stays as it was. */
    public List<List<Rating>> after(List<Side> sides) {
        if (sides.size() < 2) {
            return sides.stream().map(Side::players).toList();
        }
        List<Side> drifted = sides.stream().map(this::drifted).toList();
        Races races = new Races(drifted, beta);
        List<List<Rating>> after = new ArrayList<>(sides.size());
        for (int i = 0; i < drifted.size(); i++) {
            Side side = drifted.get(i);
            double toMean = races.surprise(i);
            double ofVariance = races.lesson(i);
            after.add(side.players().stream()
                    .map(player -> moved(player, toMean, ofVariance))
                    .toList());
        }
        return after;
    }

    private Side drifted(Side side) {
        return new Side(
                side.place(),
                side.players().stream()
                        .map(player -> new Rating(player.mean(), Math.hypot(player.uncertainty(), tau)))
                        .toList());
    }

    /** A player's share in what befell the side goes by the player's part in its variance. */
    private static Rating moved(Rating player, double toMean, double ofVariance) {
        double variance = player.uncertainty() * player.uncertainty();
        double left = Math.max(1 - variance * ofVariance, KAPPA);
        return new Rating(player.mean() + variance * toMean, player.uncertainty() * Math.sqrt(left));
    }
}

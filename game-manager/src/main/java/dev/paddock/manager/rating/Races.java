package dev.paddock.manager.rating;

import java.util.Arrays;
import java.util.List;

/**
 * The races that the places of one match stand for, with the letters of the paper: {@code c}, {@code p(i, q)} the chance
 * of side i in the race for the place of q, {@code A(q)} how many share that place. Ω and Δ are here per unit of variance.
 */
final class Races {
    private final List<Side> sides;
    private final double c;

    /** Of each race the strongest mean: what is taken from all, so that no exponential gets too large. */
    private final double[] strongest;

    private final double[] sum;
    private final int[] sharers;

    Races(List<Side> sides, double beta) {
        this.sides = sides;
        int count = sides.size();
        this.c = Math.sqrt(sides.stream().mapToDouble(Side::variance).sum() + count * beta * beta);
        this.strongest = new double[count];
        this.sum = new double[count];
        this.sharers = new int[count];
        Arrays.fill(strongest, Double.NEGATIVE_INFINITY);
        for (int q = 0; q < count; q++) {
            for (int i = 0; i < count; i++) {
                if (wasIn(i, q)) {
                    strongest[q] = Math.max(strongest[q], sides.get(i).mean());
                    sharers[q] += sides.get(i).place() == sides.get(q).place() ? 1 : 0;
                }
            }
            for (int i = 0; i < count; i++) {
                sum[q] += wasIn(i, q) ? strength(i, q) : 0;
            }
        }
    }

    /** Ω over the side's variance: how much more than was expected, in all races that the side was in. */
    double surprise(int i) {
        double more = 0;
        for (int q = 0; q < sides.size(); q++) {
            if (wasIn(i, q)) {
                more += ((i == q ? 1 : 0) - chance(i, q)) / sharers[q];
            }
        }
        return more / c;
    }

    /** Δ over the side's variance, with the paper's γ = σ/c: how much surer it makes. */
    double lesson(int i) {
        double open = 0;
        for (int q = 0; q < sides.size(); q++) {
            if (wasIn(i, q)) {
                double chance = chance(i, q);
                open += chance * (1 - chance) / sharers[q];
            }
        }
        double gamma = Math.sqrt(sides.get(i).variance()) / c;
        return gamma * open / (c * c);
    }

    /** Whether i had not finished before q. */
    private boolean wasIn(int i, int q) {
        return sides.get(q).place() <= sides.get(i).place();
    }

    private double chance(int i, int q) {
        return strength(i, q) / sum[q];
    }

    private double strength(int i, int q) {
        return Math.exp((sides.get(i).mean() - strongest[q]) / c);
    }
}

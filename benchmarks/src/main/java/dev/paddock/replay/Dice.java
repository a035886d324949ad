package dev.paddock.replay;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * Random numbers of a few distributions: the same seed gives the same ones on every machine, so {@link StrictMath} only.
 */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    double uniform() {
        return random.nextDouble();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** By the method of Box and Muller (1958). */
    double normal(double mean, double deviation) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return mean + deviation * radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    }

    /** @param sigma the deviation of the logarithm */
    double logNormal(double median, double sigma) {
        return median * StrictMath.exp(normal(0, sigma));
    }

    double exponential(double mean) {
        return -mean * StrictMath.log(1 - random.nextDouble());
    }

    /** An index, with these probabilities, which come to 1. */
    int pick(double... probabilities) {
        double left = random.nextDouble();
        for (int i = 0; i < probabilities.length - 1; i++) {
            left -= probabilities[i];
            if (left < 0) {
                return i;
            }
        }
        return probabilities.length - 1;
    }

    /** A number of 0 to 1, as likely as {@code density} is high there; by rejection. */
    double by(DoubleUnaryOperator density, double highest) {
        while (true) {
            double at = random.nextDouble();
            if (random.nextDouble() * highest <= density.applyAsDouble(at)) {
                return at;
            }
        }
    }
}

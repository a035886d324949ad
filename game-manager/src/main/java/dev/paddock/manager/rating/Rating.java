package dev.paddock.manager.rating;

/**
 * A belief about a player's strength: a normal distribution. The scale is 60 times that of OpenSkill and TrueSkill, whose
 * players begin at 25 ± 25/3: here they begin at 1500 ± 500, and nearly everyone lies between 0 and 3000.
 *
 * @param mean the likeliest strength, in points
 * @param uncertainty the standard deviation, in points: the strength lies within twice as much in 19 cases of 20
 */
public record Rating(double mean, double uncertainty) {
    /** Points in one of OpenSkill's. */
    static final double SCALE = 60;

    /** Of a player of whom no match is known. */
    public static final Rating FIRST = new Rating(1500, 500);

    public Rating {
        if (!Double.isFinite(mean) || !Double.isFinite(uncertainty) || uncertainty <= 0) {
            throw new IllegalArgumentException(
                    "a rating is finite and its uncertainty above 0, is " + mean + " ± " + uncertainty);
        }
    }
}

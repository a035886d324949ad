package dev.paddock.director.standby;

/** Arrivals that know nothing of each other. */
final class Poisson {
    private static final double SERVED = 0.99;

    /** More than any mode may keep; where the sum does not reach its bound for rounding, this ends it. */
    private static final int MOST = 100_000;

    private Poisson() {}

    /**
     * How many servers must wait so that the next match finds one, but for one of a hundred: each match takes one and begins
     * its replacement, so that a match finds none exactly if as many others came within the time that a start takes. That is
     * the base-stock level for a lead time (Hadley and Whitin, Analysis of Inventory Systems, 1963).
     *
     * @param mean arrivals in the time that a start takes, 0 or more
     * @return 0 without arrivals
     */
    static int standbysFor(double mean) {
        if (mean <= 0) {
            return 0;
        }
        double logOfTerm = -mean;
        double sum = Math.exp(logOfTerm);
        int fewer = 0;
        // In logarithms, as e^-mean is 0 for a computer from 745 on.
        while (sum < SERVED && fewer < MOST) {
            fewer++;
            logOfTerm += Math.log(mean / fewer);
            sum += Math.exp(logOfTerm);
        }
        return fewer + 1;
    }
}

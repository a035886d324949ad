package dev.paddock.dragrace;

import java.util.Map;

/**
 * What a loadout's {@code stats} make of a car. What is absent has the default; what is absurd is brought to the nearest
 * bound, so that no item can break the simulation.
 *
 * @param powerKw peak engine power, 40 to 1500; default 220
 * @param massKg with driver, 400 to 4000; default 1250
 * @param grip friction coefficient of the tyres, 0.4 to 3; default 1.1
 * @param shiftMs how long a gear change takes, 0 to 1000; default 180
 */
record CarSpec(double powerKw, double massKg, double grip, double shiftMs) {

    static CarSpec of(Map<String, Double> stats) {
        return new CarSpec(
                bounded(stats, "powerKw", 40, 220, 1500),
                bounded(stats, "massKg", 400, 1250, 4000),
                bounded(stats, "grip", 0.4, 1.1, 3),
                bounded(stats, "shiftMs", 0, 180, 1000));
    }

    private static double bounded(Map<String, Double> stats, String key, double least, double usual, double most) {
        double value = stats.getOrDefault(key, usual);
        return Double.isNaN(value) ? usual : Math.clamp(value, least, most);
    }
}

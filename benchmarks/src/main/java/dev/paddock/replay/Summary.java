package dev.paddock.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** What a {@link Tally} comes to; a figure of nothing (the waits of no match) is not there. */
record Summary(Map<Figure, Double> figures) {
    Summary {
        Map<Figure, Double> copy = new EnumMap<>(Figure.class);
        copy.putAll(figures);
        figures = Collections.unmodifiableMap(copy);
    }

    static Summary of(Map<Figure, OptionalDouble> figures) {
        Map<Figure, Double> there = new EnumMap<>(Figure.class);
        figures.forEach((figure, value) -> value.ifPresent(is -> there.put(figure, is)));
        return new Summary(there);
    }

    /** What changes from {@code before} to this. */
    Summary minus(Summary before) {
        Map<Figure, Double> difference = new EnumMap<>(Figure.class);
        figures.forEach(
                (figure, value) -> before.get(figure).ifPresent(other -> difference.put(figure, value - other)));
        return new Summary(difference);
    }

    OptionalDouble get(Figure figure) {
        Double value = figures.get(figure);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** By name, rounded to what is worth reading, in the order of {@link Figure}. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        figures.forEach((figure, value) -> {
            BigDecimal rounded = BigDecimal.valueOf(value).setScale(figure.decimals(), RoundingMode.HALF_UP);
            json.put(figure.jsonName(), figure.decimals() == 0 ? (Object) rounded.longValue() : rounded);
        });
        return json;
    }

    /** The smallest value that at least so many per cent do not exceed (nearest rank); empty of nothing. */
    static OptionalDouble percentile(double[] sorted, int percent) {
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return OptionalDouble.of(sorted[Math.max(1, rank) - 1]);
    }
}

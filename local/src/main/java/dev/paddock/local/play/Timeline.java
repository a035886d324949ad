package dev.paddock.local.play;

import dev.paddock.protocol.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * When a match passed its nine stops, by the platform's clock.
 *
 * @param cold whether the server was started for this match; else it stood ready
 * @param requested when the request of the match's last ticket left this machine
 * @param stops what the platform says, without {@code told}
 * @param told when each of this program's players had {@code PlayerMatched}
 * @param clockGap how far the platform's clock is ahead of this machine's; {@code requested} and {@code told} have been
 *     moved by it
 */
record Timeline(boolean cold, Instant requested, Map<Stop, Instant> stops, List<Instant> told, Duration clockGap) {
    Timeline {
        EnumMap<Stop, Instant> ordered = new EnumMap<>(Stop.class);
        ordered.putAll(stops);
        ordered.remove(Stop.TOLD);
        stops = Collections.unmodifiableMap(ordered);
        told = List.copyOf(told);
    }

    /**
     * One stop of one player's match.
     *
     * @param took since the stop before; since the request for the first
     * @param at since the request
     */
    record Passed(Stop stop, Duration took, Duration at) {}

    /** Moves what this machine measured by the gap. */
    static Timeline of(
            boolean cold, Instant requested, Map<Stop, Instant> stops, List<Instant> told, Duration clockGap) {
        List<Instant> moved = told.stream().map(at -> at.plus(clockGap)).toList();
        return new Timeline(cold, requested.plus(clockGap), stops, moved, clockGap);
    }

    /** Stops that have no time. A standby server is not started. */
    List<Stop> missing() {
        List<Stop> missing = new ArrayList<>();
        for (Stop stop : Stop.values()) {
            boolean known = stop == Stop.TOLD ? !told.isEmpty() : stops.containsKey(stop);
            boolean due = cold || stop != Stop.STARTED;
            if (due && !known) {
                missing.add(stop);
            }
        }
        return missing;
    }

    /** The way to the player who was told last. */
    List<Passed> slowest() {
        return told.isEmpty() ? way(requested) : way(Collections.max(told));
    }

    /** The way to each player. */
    List<List<Passed>> ways() {
        return told.stream().map(this::way).toList();
    }

    /** From the request to {@code PlayerMatched}, for each player. */
    List<Duration> totals() {
        return told.stream().map(at -> Duration.between(requested, at)).toList();
    }

    private List<Passed> way(Instant toldAt) {
        List<Passed> way = new ArrayList<>();
        Instant before = requested;
        for (Map.Entry<Stop, Instant> stop : stops.entrySet()) {
            way.add(passed(stop.getKey(), before, stop.getValue()));
            before = stop.getValue();
        }
        if (!told.isEmpty()) {
            way.add(passed(Stop.TOLD, before, toldAt));
        }
        return way;
    }

    private Passed passed(Stop stop, Instant before, Instant at) {
        return new Passed(stop, Duration.between(before, at), Duration.between(requested, at));
    }
}

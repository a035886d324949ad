package dev.paddock.faults;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** How many answers of each kind clients got since it was told last: whether a run is well, at a glance. */
final class Tally {
    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

    /** A status, or what came in its place. */
    void count(String answer) {
        counts.computeIfAbsent(answer, key -> new LongAdder()).increment();
    }

    /** For people; the next one begins with nothing. */
    String tell() {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue().sumThenReset())
                .filter(told -> !told.endsWith(": 0"))
                .collect(Collectors.joining(", "));
    }
}

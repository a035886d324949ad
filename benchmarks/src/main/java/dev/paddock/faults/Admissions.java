package dev.paddock.faults;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Since when each server would let in whom, as the servers themselves have said it: those who begin the match, and those who
 * got a free seat of it.
 */
final class Admissions {
    private final Map<String, Map<String, Instant>> since = new HashMap<>();

    private Admissions() {}

    static Admissions of(List<Told> history) {
        Admissions admissions = new Admissions();
        for (Told told : history) {
            if (told instanceof Told.Plays(Instant at, String match, String server, List<String> players)) {
                Map<String, Instant> here = admissions.since.computeIfAbsent(server, id -> new HashMap<>());
                players.forEach(player -> here.merge(player, at, Admissions::earlier));
            }
        }
        return admissions;
    }

    /** Whether that server would let the player in at that time, or had before. */
    boolean wasLetIn(@Nullable String server, String player, Instant by) {
        Instant first = since.getOrDefault(server, Map.of()).get(player);
        return first != null && !first.isAfter(by);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}

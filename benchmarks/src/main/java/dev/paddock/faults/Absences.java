package dev.paddock.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When players had no socket, by what they know themselves. Pure. */
final class Absences {
    /** What a busy machine may take until a manager knows of a socket that its player has already. */
    private static final Duration LATE = Duration.ofMillis(1500);

    private final Map<String, List<Absence>> byPlayer = new HashMap<>();

    private record Absence(Instant from, Instant to) {
        Duration length() {
            return Duration.between(from, to);
        }
    }

    private Absences() {}

    static Absences of(List<Told> history) {
        Absences absences = new Absences();
        Map<String, Instant> away = new HashMap<>();
        for (Told told : history) {
            switch (told) {
                case Told.SocketLost(Instant at, String player) -> away.putIfAbsent(player, at);
                // Before the first one there was none.
                case Told.SocketOpened(Instant at, String player) -> {
                    Instant from = away.remove(player);
                    absences.add(player, from == null ? Instant.MIN : from, at);
                }
                default -> {}
            }
        }
        away.forEach((player, from) -> absences.add(player, from, Instant.MAX));
        return absences;
    }

    /** Whether the player was away for about so long when the ticket ended. Who never had a socket always was. */
    boolean explain(String player, Instant ended, Duration grace) {
        return byPlayer.getOrDefault(player, List.of(new Absence(Instant.MIN, Instant.MAX))).stream()
                .filter(absence -> !ended.minus(LATE).isAfter(absence.to()))
                .map(absence -> new Absence(absence.from(), ended.isBefore(absence.to()) ? ended : absence.to()))
                .anyMatch(absence -> absence.length().compareTo(grace.minus(LATE)) >= 0);
    }

    private void add(String player, Instant from, Instant to) {
        byPlayer.computeIfAbsent(player, id -> new ArrayList<>()).add(new Absence(from, to));
    }
}

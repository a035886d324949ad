package dev.paddock.manager.matchmaking;

import dev.paddock.manager.matchmaking.Commits.Forming;
import dev.paddock.manager.outlook.FormedFigures;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.TicketPlayer;
import java.time.Duration;
import java.time.Instant;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How well the tickets of a match fit each other. */
final class Quality {
    private Quality() {}

    static FormedFigures of(Forming forming) {
        List<Ticket> tickets = forming.tickets();
        return new FormedFigures(
                waitedMs(tickets, forming.match().formedAt()),
                range(tickets.stream().collect(Collectors.summarizingDouble(Ticket::rating))),
                teamDifference(forming),
                worstLatency(tickets, forming.match().region()));
    }

    /** For each ticket, how long it waited until then. */
    static List<Long> waitedMs(List<Ticket> tickets, Instant until) {
        return tickets.stream()
                .map(ticket ->
                        Math.max(0, Duration.between(ticket.createdAt(), until).toMillis()))
                .toList();
    }

    private static double teamDifference(Forming forming) {
        Map<String, Double> ratings = new HashMap<>();
        for (Ticket ticket : forming.tickets()) {
            for (TicketPlayer player : ticket.players()) {
                ratings.put(player.playerId(), player.rating());
            }
        }
        Map<Integer, Double> means = forming.match().matchPlayers().stream()
                .collect(Collectors.groupingBy(
                        player -> player.team(),
                        Collectors.averagingDouble(player -> ratings.getOrDefault(player.playerId(), 0.0))));
        return range(means.values().stream().collect(Collectors.summarizingDouble(Double::doubleValue)));
    }

    private static @Nullable Integer worstLatency(List<Ticket> tickets, String region) {
        return tickets.stream()
                .map(ticket -> ticket.latencies().get(region))
                .filter(Objects::nonNull)
                .max(Integer::compareTo)
                .orElse(null);
    }

    private static double range(DoubleSummaryStatistics figures) {
        return figures.getMax() - figures.getMin();
    }
}

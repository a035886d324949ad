package dev.paddock.replay;

import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.replay.Outcome.Made;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * An {@link Outcome} in figures; a figure of nothing (the waits of no match) is not there.
 *
 * <ul>
 *   <li>Waits are of tickets that were matched. Who expired, left or still waits is counted beside them: rules that match
 *       nobody have no long waits.
 *   <li>The rating difference in a match is that of its highest and lowest ticket, the one that {@code rank} bounds; a
 *       party counts as the mean of its players.
 *   <li>The rating difference of the teams is that of the highest and lowest mean of a team's players.
 *   <li>The worst latency is that of the match's player who is worst off in its region, of those who said one.
 * </ul>
 */
record Summary(Map<Figure, Double> figures) {
    Summary {
        figures = Collections.unmodifiableMap(new EnumMap<>(figures));
    }

    static Summary of(Outcome outcome) {
        List<Made> matches = outcome.matches();
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        double[] waits = sorted(matches.stream()
                .flatMap(match -> match.tickets().stream().map(ticket -> seconds(match, ticket)))
                .mapToDouble(Double::doubleValue));
        double[] within = sorted(matches.stream()
                .mapToDouble(match -> spread(match.tickets().stream().mapToDouble(Ticket::rating))));
        double[] between = sorted(matches.stream()
                .mapToDouble(match -> spread(match.group().teams().stream().mapToDouble(Summary::mean))));
        double[] latencies =
                sorted(matches.stream().map(Summary::worstLatency).flatMapToDouble(OptionalDouble::stream));
        figures.put(Figure.TICKETS, (double) outcome.tickets());
        figures.put(Figure.PLAYERS, (double) outcome.players());
        figures.put(Figure.MATCHES, (double) matches.size());
        figures.put(Figure.MATCHED, (double) waits.length);
        figures.put(Figure.LEFT, (double) outcome.left());
        figures.put(Figure.EXPIRED, (double) outcome.expired());
        figures.put(Figure.WAITING, (double) outcome.waiting());
        put(figures, Figure.WAIT_MEAN, mean(waits));
        put(figures, Figure.WAIT_P50, percentile(waits, 50));
        put(figures, Figure.WAIT_P95, percentile(waits, 95));
        put(figures, Figure.WAIT_P99, percentile(waits, 99));
        put(figures, Figure.RATING_MEAN, mean(within));
        put(figures, Figure.RATING_P50, percentile(within, 50));
        put(figures, Figure.RATING_P95, percentile(within, 95));
        put(figures, Figure.TEAMS_MEAN, mean(between));
        put(figures, Figure.TEAMS_P50, percentile(between, 50));
        put(figures, Figure.TEAMS_P95, percentile(between, 95));
        put(figures, Figure.LATENCY_P50, percentile(latencies, 50));
        put(figures, Figure.LATENCY_P95, percentile(latencies, 95));
        return new Summary(figures);
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

    private static OptionalDouble mean(double[] values) {
        return Arrays.stream(values).average();
    }

    private static double mean(List<Ticket> team) {
        return team.stream()
                .flatMap(ticket -> ticket.players().stream())
                .mapToDouble(TicketPlayer::rating)
                .average()
                .orElse(0);
    }

    private static double seconds(Made match, Ticket ticket) {
        return Duration.between(ticket.createdAt(), match.at()).toMillis() / 1000.0;
    }

    private static double spread(DoubleStream values) {
        var statistics = values.summaryStatistics();
        return statistics.getMax() - statistics.getMin();
    }

    private static OptionalDouble worstLatency(Made match) {
        return match.tickets().stream()
                .flatMap(ticket -> ticket.players().stream())
                .map(player -> player.latencies().get(match.group().region()))
                .filter(latency -> latency != null)
                .mapToDouble(Integer::doubleValue)
                .max();
    }

    private static double[] sorted(DoubleStream values) {
        return values.sorted().toArray();
    }

    private static void put(Map<Figure, Double> figures, Figure figure, OptionalDouble value) {
        value.ifPresent(is -> figures.put(figure, is));
    }
}

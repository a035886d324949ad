package dev.paddock.replay;

import dev.paddock.manager.recording.RecordedLine;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.replay.Contender.Group;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Counts what becomes of recorded tickets: a number or two for each, so that the tickets themselves can be forgotten.
 *
 * <ul>
 *   <li>Waits are of tickets that were matched; the time in the queue is of all, also of those who left, expired, or wait at
 *       the end: rules that match nobody have no long waits, but all of the time is theirs.
 *   <li>The rating difference in a match is that of its highest and lowest ticket, the one that {@code rank} bounds; a
 *       party counts as the mean of its players.
 *   <li>The rating difference of the teams is that of the highest and lowest mean of a team's players.
 *   <li>The worst latency is that of the match's player who is worst off in its region, of those who said one.
 * </ul>
 */
final class Tally {
    private final DoubleStream.Builder waits = DoubleStream.builder();
    private final DoubleStream.Builder within = DoubleStream.builder();
    private final DoubleStream.Builder between = DoubleStream.builder();
    private final DoubleStream.Builder latencies = DoubleStream.builder();
    private long tickets;
    private long players;
    private long left;
    private long expired;
    private long waiting;
    private double unmatchedSeconds;

    void came(RecordedLine.Queued ticket) {
        tickets++;
        players += ticket.players().size();
    }

    void matched(Group match, Instant at) {
        List<Ticket> all = match.tickets();
        all.forEach(ticket -> waits.add(seconds(ticket, at)));
        within.add(spread(all.stream().mapToDouble(Ticket::rating)));
        between.add(spread(match.teams().stream().mapToDouble(Tally::mean)));
        worstLatency(match).ifPresent(latencies::add);
    }

    void left(Ticket ticket, Instant at) {
        left++;
        unmatchedSeconds += seconds(ticket, at);
    }

    void expired(Ticket ticket, Instant at) {
        expired++;
        unmatchedSeconds += seconds(ticket, at);
    }

    void waits(Ticket ticket, Instant end) {
        waiting++;
        unmatchedSeconds += seconds(ticket, end);
    }

    Summary summary() {
        double[] waited = sorted(waits);
        double inQueue = DoubleStream.of(waited).sum() + unmatchedSeconds;
        long unmatched = left + expired + waiting;
        long all = waited.length + unmatched;
        double[] spreads = sorted(within);
        double[] teams = sorted(between);
        double[] worst = sorted(latencies);
        Map<Figure, OptionalDouble> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.TICKETS, OptionalDouble.of(tickets));
        figures.put(Figure.PLAYERS, OptionalDouble.of(players));
        figures.put(Figure.MATCHES, OptionalDouble.of(spreads.length));
        figures.put(Figure.MATCHED, OptionalDouble.of(waited.length));
        figures.put(Figure.LEFT, OptionalDouble.of(left));
        figures.put(Figure.EXPIRED, OptionalDouble.of(expired));
        figures.put(Figure.WAITING, OptionalDouble.of(waiting));
        figures.put(Figure.UNMATCHED, ratio(100.0 * unmatched, all));
        figures.put(Figure.QUEUE_MEAN, ratio(inQueue, all));
        figures.put(Figure.WAIT_MEAN, DoubleStream.of(waited).average());
        figures.put(Figure.WAIT_P50, Summary.percentile(waited, 50));
        figures.put(Figure.WAIT_P95, Summary.percentile(waited, 95));
        figures.put(Figure.WAIT_P99, Summary.percentile(waited, 99));
        figures.put(Figure.RATING_MEAN, DoubleStream.of(spreads).average());
        figures.put(Figure.RATING_P50, Summary.percentile(spreads, 50));
        figures.put(Figure.RATING_P95, Summary.percentile(spreads, 95));
        figures.put(Figure.TEAMS_MEAN, DoubleStream.of(teams).average());
        figures.put(Figure.TEAMS_P50, Summary.percentile(teams, 50));
        figures.put(Figure.TEAMS_P95, Summary.percentile(teams, 95));
        figures.put(Figure.LATENCY_P50, Summary.percentile(worst, 50));
        figures.put(Figure.LATENCY_P95, Summary.percentile(worst, 95));
        return Summary.of(figures);
    }

    private static OptionalDouble ratio(double sum, long count) {
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
    }

    private static double mean(List<Ticket> team) {
        return team.stream()
                .flatMap(ticket -> ticket.players().stream())
                .mapToDouble(TicketPlayer::rating)
                .average()
                .orElse(0);
    }

    private static double seconds(Ticket ticket, Instant until) {
        return Duration.between(ticket.createdAt(), until).toMillis() / 1000.0;
    }

    private static double spread(DoubleStream values) {
        var statistics = values.summaryStatistics();
        return statistics.getMax() - statistics.getMin();
    }

    private static OptionalDouble worstLatency(Group match) {
        return match.tickets().stream()
                .flatMap(ticket -> ticket.players().stream())
                .map(player -> player.latencies().get(match.region()))
                .filter(latency -> latency != null)
                .mapToDouble(Integer::doubleValue)
                .max();
    }

    private static double[] sorted(DoubleStream.Builder values) {
        return values.build().sorted().toArray();
    }
}

package dev.paddock.manager.ticket;

import dev.paddock.protocol.Json;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.frame.TicketView;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One wish to play one mode, of a player or of a party that stays together. It waits, and ends exactly once.
 *
 * @param createdAt by the clock of Redis, which all replicas share
 * @param players one, or all of a party; the first one queued it
 * @param attributes of the client, such as its version; a mode may ask that they are equal
 * @param returned whether it was matched before, and waits again through no fault of its own; such a ticket goes first
 * @param matchId once {@code MATCHED}
 * @param endedAt once it does not wait any more
 * @param reason why it was {@code CANCELLED}, if not by a player's own call; see {@link TicketView}
 */
public record Ticket(
        String ticketId,
        String mode,
        TicketState state,
        Instant createdAt,
        List<TicketPlayer> players,
        Map<String, String> attributes,
        boolean returned,
        @Nullable String matchId,
        @Nullable Instant endedAt,
        @Nullable String reason) {
    public Ticket {
        players = List.copyOf(players);
        attributes = Map.copyOf(attributes);
        if (players.isEmpty()) {
            throw new IllegalArgumentException("a ticket has at least one player: " + ticketId);
        }
    }

    /** A ticket that has just been queued. */
    public static Ticket waiting(
            String ticketId,
            String mode,
            Instant createdAt,
            List<TicketPlayer> players,
            Map<String, String> attributes) {
        return new Ticket(ticketId, mode, TicketState.WAITING, createdAt, players, attributes, false, null, null, null);
    }

    /** As its players see it. */
    public TicketView view(Instant now) {
        Instant until = endedAt == null ? now : endedAt;
        long waitedMs = Math.max(0, Duration.between(createdAt, until).toMillis());
        return new TicketView(ticketId, mode, state, createdAt, waitedMs, matchId, reason);
    }

    /** The same ticket, that has ended. */
    public Ticket ended(TicketState how, @Nullable String inMatch, Instant at) {
        return new Ticket(ticketId, mode, how, createdAt, players, attributes, returned, inMatch, at, null);
    }

    /** The same ticket, that was cancelled for this reason; null: by one of its players. */
    public Ticket cancelled(@Nullable String why, Instant at) {
        return new Ticket(
                ticketId, mode, TicketState.CANCELLED, createdAt, players, attributes, returned, null, at, why);
    }

    /** The same ticket, that waits again with its old waiting time. */
    public Ticket waitingAgain() {
        return new Ticket(ticketId, mode, TicketState.WAITING, createdAt, players, attributes, true, null, null, null);
    }

    /** The same ticket, one player of which avoids these and no others. */
    Ticket avoiding(String playerId, List<String> avoided) {
        List<TicketPlayer> changed = players.stream()
                .map(player -> player.playerId().equals(playerId) ? player.avoiding(avoided) : player)
                .toList();
        return new Ticket(ticketId, mode, state, createdAt, changed, attributes, returned, matchId, endedAt, reason);
    }

    /** The same ticket with those of its players who are among these; nothing if none is. */
    public Optional<Ticket> only(Set<String> playerIds) {
        List<TicketPlayer> left = players.stream()
                .filter(player -> playerIds.contains(player.playerId()))
                .toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(new Ticket(
                        ticketId, mode, state, createdAt, left, attributes, returned, matchId, endedAt, reason));
    }

    /** The player who queued it. */
    public TicketPlayer first() {
        return players.getFirst();
    }

    /** Whether this player is one of its players. */
    public boolean isOf(String playerId) {
        return players.stream().anyMatch(player -> player.playerId().equals(playerId));
    }

    /** What a party counts as: the mean of its players' ratings. */
    public double rating() {
        double sum = 0;
        for (TicketPlayer player : players) {
            sum += player.rating();
        }
        return sum / players.size();
    }

    /** Standard deviation of {@link #rating}: a party's mean is surer than each of its players' ratings. */
    public double uncertainty() {
        double variance = 0;
        for (TicketPlayer player : players) {
            variance += player.uncertainty() * player.uncertainty();
        }
        return Math.sqrt(variance) / players.size();
    }

    /**
     * What a party counts as: by region, the latency of the player who is worst off, in the regions that all its players
     * named. A player who named none fits every region. Empty: nobody named any.
     */
    public Map<String, Integer> latencies() {
        if (players.size() == 1) {
            return first().latencies();
        }
        Map<String, Integer> worst = null;
        for (TicketPlayer player : players) {
            if (player.latencies().isEmpty()) {
                continue;
            }
            if (worst == null) {
                worst = new HashMap<>(player.latencies());
                continue;
            }
            worst.keySet().retainAll(player.latencies().keySet());
            worst.replaceAll(
                    (region, latency) -> Math.max(latency, player.latencies().getOrDefault(region, latency)));
        }
        return worst == null ? Map.of() : worst;
    }

    /**
     * As its hash in Redis has it: what it was when it was queued, and beside it what has become of it. See {@link QueueKeys}.
     *
     * @throws IllegalStateException if a field that every ticket has is missing
     * @throws dev.paddock.protocol.MalformedException if what was queued cannot be read
     */
    public static Ticket of(Map<String, String> fields) {
        Ticket queued = Json.read(field(fields, "ticket"), Ticket.class);
        String endedAt = fields.get("endedAt");
        return new Ticket(
                queued.ticketId,
                queued.mode,
                TicketState.valueOf(field(fields, "state")),
                queued.createdAt,
                queued.players,
                queued.attributes,
                "true".equals(fields.get("returned")),
                fields.get("matchId"),
                endedAt == null ? null : Instant.parse(endedAt),
                fields.get("reason"));
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalStateException("a ticket in Redis has no " + name);
        }
        return value;
    }
}

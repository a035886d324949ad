package dev.paddock.manager.ticket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.frame.TicketView;
import dev.paddock.protocol.match.Loadout;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One wish of a player to play one mode. It waits, and ends exactly once.
 *
 * @param createdAt by the clock of Redis, which all replicas share
 * @param latencies by region, in milliseconds; empty: fits every region (see {@code Matcher})
 * @param matchId once {@code MATCHED}
 * @param endedAt once it does not wait any more
 */
public record Ticket(
        String ticketId,
        String playerId,
        String name,
        String mode,
        TicketState state,
        Instant createdAt,
        double rating,
        Map<String, Integer> latencies,
        Loadout loadout,
        @Nullable String matchId,
        @Nullable Instant endedAt) {
    private static final ObjectReader LATENCIES =
            Json.newMapper().readerFor(new TypeReference<Map<String, Integer>>() {});

    public Ticket {
        latencies = Map.copyOf(latencies);
    }

    /** As its player sees it. */
    public TicketView view(Instant now) {
        Instant until = endedAt == null ? now : endedAt;
        long waitedMs = Math.max(0, Duration.between(createdAt, until).toMillis());
        return new TicketView(ticketId, mode, state, createdAt, waitedMs, matchId);
    }

    /** The same ticket, that has ended. */
    public Ticket ended(TicketState how, @Nullable String inMatch, Instant at) {
        return new Ticket(ticketId, playerId, name, mode, how, createdAt, rating, latencies, loadout, inMatch, at);
    }

    /** Its hash in Redis. */
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("ticketId", ticketId);
        fields.put("playerId", playerId);
        fields.put("name", name);
        fields.put("mode", mode);
        fields.put("state", state.name());
        fields.put("createdAt", createdAt.toString());
        fields.put("rating", Double.toString(rating));
        fields.put("latencies", Json.text(latencies));
        fields.put("loadout", Json.text(loadout));
        if (matchId != null) {
            fields.put("matchId", matchId);
        }
        if (endedAt != null) {
            fields.put("endedAt", endedAt.toString());
        }
        return fields;
    }

    /** @throws IllegalStateException if a field that every ticket has is missing */
    public static Ticket of(Map<String, String> fields) {
        String endedAt = fields.get("endedAt");
        return new Ticket(
                field(fields, "ticketId"),
                field(fields, "playerId"),
                field(fields, "name"),
                field(fields, "mode"),
                TicketState.valueOf(field(fields, "state")),
                Instant.parse(field(fields, "createdAt")),
                Double.parseDouble(field(fields, "rating")),
                latencies(field(fields, "latencies")),
                Json.read(field(fields, "loadout"), Loadout.class),
                fields.get("matchId"),
                endedAt == null ? null : Instant.parse(endedAt));
    }

    private static Map<String, Integer> latencies(String json) {
        try {
            return LATENCIES.readValue(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a ticket's latencies are not a JSON object of numbers", e);
        }
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalStateException("a ticket in Redis has no " + name + ": " + fields.get("ticketId"));
        }
        return value;
    }
}

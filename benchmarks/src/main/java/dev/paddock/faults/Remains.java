package dev.paddock.faults;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is stored after the last player has gone.
 *
 * @param tickets by id
 * @param matches by id
 * @param written ids of the matches in MySQL
 * @param counted how many times MySQL has counted that somebody played a match to its end
 * @param leftBehind what should not be there any more, in words
 * @param claims ids of the tickets that players still hold their place for, by key of the claim
 */
record Remains(
        Map<String, StoredTicket> tickets,
        Map<String, StoredMatch> matches,
        Map<String, String> written,
        long counted,
        List<String> leftBehind,
        Map<String, String> claims) {
    Remains {
        tickets = Map.copyOf(tickets);
        matches = Map.copyOf(matches);
        written = Map.copyOf(written);
        leftBehind = List.copyOf(leftBehind);
        claims = Map.copyOf(claims);
    }

    /** Since when that ticket's players were in that match: since it was formed, or they got a free seat of it. */
    Instant since(StoredMatch match, String ticketId) {
        StoredTicket ticket = tickets.get(ticketId);
        Instant matched = ticket == null || !match.matchId().equals(ticket.matchId()) ? null : ticket.endedAt();
        return matched == null || matched.isBefore(match.formedAt()) ? match.formedAt() : matched;
    }

    /**
     * A ticket in Redis.
     *
     * @param endedAt null while it waits
     */
    record StoredTicket(
            String ticketId,
            String state,
            @Nullable String matchId,
            @Nullable Instant endedAt) {}

    /**
     * A match in Redis.
     *
     * @param entry when it was appended to the stream, by the clock of Redis: {@code <ms>-<n>}
     * @param token the fencing token of its mode with which it was formed; 0 if the entry does not say when that was
     * @param formedAt by the manager that formed it
     * @param endedAt null while it is live
     * @param players playerId by ticketId, or several by commas
     */
    record StoredMatch(
            String matchId,
            String mode,
            String state,
            @Nullable String reason,
            @Nullable String serverId,
            String entry,
            long token,
            Instant formedAt,
            @Nullable Instant endedAt,
            Map<String, List<String>> players) {
        StoredMatch {
            players = Map.copyOf(players);
        }

        /** Its tickets wait again, or ended otherwise. */
        boolean isGivenUp() {
            return state.equals("CANCELLED") && !"server-lost".equals(reason);
        }

        boolean isOver() {
            return state.equals("ENDED") || state.equals("CANCELLED");
        }

        long entryMs() {
            int dash = entry.indexOf('-');
            return dash < 1 ? 0 : Long.parseLong(entry.substring(0, dash));
        }
    }
}

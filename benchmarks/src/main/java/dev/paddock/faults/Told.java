package dev.paddock.faults;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of the history: what a client was told, what happened in the swarm, what was broken. */
sealed interface Told {
    Instant at();

    /** The player's ticket was accepted. */
    record Accepted(Instant at, String playerId, String ticketId) implements Told {}

    /** The player was told how the ticket stands: in an answer, or on a socket. */
    record TicketIs(
            Instant at,
            String playerId,
            String ticketId,
            String state,
            @Nullable String matchId) implements Told {}

    /** The player asked for the ticket, and was told that there is none. */
    record TicketUnknown(Instant at, String playerId, String ticketId) implements Told {}

    /** The player was told that the ticket has ended because its player had no socket for too long. */
    record Absent(Instant at, String playerId, String ticketId) implements Told {}

    /** The player has a socket. */
    record SocketOpened(Instant at, String playerId) implements Told {}

    /** The player has it no more. */
    record SocketLost(Instant at, String playerId) implements Told {}

    /** The player was sent to a server. */
    record SentTo(Instant at, String playerId, String matchId, String serverId) implements Told {}

    /** The player was told how the match stands. */
    record MatchIs(
            Instant at,
            String playerId,
            String matchId,
            String state,
            @Nullable String reason) implements Told {}

    /** Nothing came of a ticket, or of a request, for so long that the player gave up. */
    record Stuck(Instant at, String playerId, String ticketId, String what) implements Told {}

    /** In the swarm: Taken, Ready, Heard, Died, Retired, Unheard. */
    record InSwarm(Instant at, String what, String matchId, String serverId) implements Told {}

    /** In the swarm: from now on the server lets these in, and nobody else. */
    record Plays(Instant at, String matchId, String serverId, List<String> players) implements Told {
        public Plays {
            players = List.copyOf(players);
        }
    }

    /** The last fencing token that Redis had given for a mode, by the clock of Redis. */
    record Fence(Instant at, String mode, long redisMs, long token) implements Told {}

    /** Something is broken, from here on. */
    record Broken(Instant at, int number, Fault fault, String what) implements Told {}

    /** It is whole again. */
    record Mended(Instant at, int number, Fault fault) implements Told {}

    /** When somebody was first told that the match is in that state; never: far in the future. */
    static Instant whenMatchWas(@Nullable String state, String matchId, List<Told> history) {
        return history.stream()
                .filter(told -> told instanceof MatchIs is
                        && is.matchId().equals(matchId)
                        && is.state().equals(state))
                .map(Told::at)
                .findFirst()
                .orElse(Instant.MAX);
    }

    /** Whether it has to do with that id: a player's, a ticket's, a match's or a server's. */
    default boolean names(String id) {
        return switch (this) {
            case Accepted(var at, String player, String ticket) -> id.equals(player) || id.equals(ticket);
            case TicketIs(var at, String player, String ticket, var state, String match) ->
                id.equals(player) || id.equals(ticket) || id.equals(match);
            case TicketUnknown(var at, String player, String ticket) -> id.equals(player) || id.equals(ticket);
            case Absent(var at, String player, String ticket) -> id.equals(player) || id.equals(ticket);
            case SocketOpened(var at, String player) -> id.equals(player);
            case SocketLost(var at, String player) -> id.equals(player);
            case SentTo(var at, String player, String match, String server) ->
                id.equals(player) || id.equals(match) || id.equals(server);
            case MatchIs(var at, String player, String match, var state, var reason) ->
                id.equals(player) || id.equals(match);
            case Stuck(var at, String player, String ticket, var what) -> id.equals(player) || id.equals(ticket);
            case InSwarm(var at, var what, String match, String server) -> id.equals(match) || id.equals(server);
            case Plays(var at, String match, String server, List<String> players) ->
                id.equals(match) || id.equals(server) || players.contains(id);
            case Fence ignored -> false;
            case Broken ignored -> true;
            case Mended ignored -> true;
        };
    }
}

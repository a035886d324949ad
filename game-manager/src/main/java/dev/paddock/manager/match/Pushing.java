package dev.paddock.manager.match;

import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.matchmaking.FormedMatch;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.frame.Frame;
import dev.paddock.protocol.frame.PlayerEvent;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.MatchResult;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the players of a match are told, on its way to the managers that hold their sockets. */
@Singleton
final class Pushing {
    private static final Duration FLUSH = Duration.ofSeconds(1);

    private final Bus bus;

    Pushing(Bus bus) {
        this.bus = bus;
    }

    /** Whether it has left for NATS. If not, it may still arrive, and must be said again. */
    boolean matched(FormedMatch match, MatchEvent.Ready ready, Instant at) {
        PlayerEvent event = new PlayerEvent.Push(matchedFrame(match, ready, at));
        publishToAll(match, event);
        return bus.flush(FLUSH);
    }

    /** To each player, how far the asking is. */
    void found(StoredMatch match, Instant at) {
        for (FormedMatch.FormedPlayer player : match.formed().players()) {
            foundFrame(match, player.player().playerId(), at)
                    .ifPresent(frame -> bus.publish(subject(player), new PlayerEvent.Push(frame)));
        }
    }

    /** Nothing in a mode that does not ask. */
    static Optional<Frame.MatchFound> foundFrame(StoredMatch match, String playerId, Instant at) {
        return Optional.ofNullable(match.acceptBy())
                .map(acceptBy -> match.formed().found(acceptBy, match.accepted(), playerId, at));
    }

    void ended(FormedMatch match, MatchResult result, Instant at) {
        PlayerEvent event =
                new PlayerEvent.Push(new Frame.MatchEnded(match.matchId() + ".ended", at, match.matchId(), result));
        publishToAll(match, event);
    }

    /** @param ticketIds the tickets that wait again, by player; empty: none does */
    void cancelled(FormedMatch match, String reason, Map<String, String> ticketIds, Instant at) {
        for (FormedMatch.FormedPlayer player : match.players()) {
            @Nullable String ticketId = ticketIds.get(player.player().playerId());
            bus.publish(
                    subject(player),
                    new PlayerEvent.Push(new Frame.MatchCancelled(
                            match.matchId() + ".cancelled", at, match.matchId(), reason, ticketId)));
        }
    }

    /** The frame without a join token: that is signed where the socket is. */
    static Frame.PlayerMatched matchedFrame(FormedMatch match, MatchEvent.Ready ready, Instant at) {
        return new Frame.PlayerMatched(
                match.matchId() + ".matched",
                at,
                match.matchId(),
                match.mode(),
                match.region(),
                ready.endpoint(),
                null,
                match.matchPlayers());
    }

    private void publishToAll(FormedMatch match, PlayerEvent event) {
        bus.publish(match.players().stream().map(Pushing::subject).toList(), event);
    }

    private static String subject(FormedMatch.FormedPlayer player) {
        return Subjects.player(player.player().playerId());
    }
}

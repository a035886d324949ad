package dev.paddock.manager.socket;

import dev.paddock.manager.account.JoinTokens;
import dev.paddock.manager.match.Matches;
import dev.paddock.manager.socket.PlayerSocket.Outgoing;
import dev.paddock.protocol.frame.Frame;
import dev.paddock.protocol.frame.Frame.PlayerMatched;
import dev.paddock.protocol.match.MatchPlayer;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of a frame what a player's socket gets: with a join token of the player's own, signed here and now. Notes stop 9,
 * {@code told}, after the frame was written.
 */
@Singleton
final class Frames {
    private static final Logger LOG = LoggerFactory.getLogger(Frames.class);

    private final JoinTokens joinTokens;
    private final Matches matches;
    private final InstantSource time;
    private final ExecutorService notes = Executors.newVirtualThreadPerTaskExecutor();

    Frames(JoinTokens joinTokens, Matches matches, InstantSource time) {
        this.joinTokens = joinTokens;
        this.matches = matches;
        this.time = time;
    }

    Outgoing of(Frame frame, String playerId) {
        return switch (frame) {
            case PlayerMatched matched -> {
                PlayerMatched signed = signed(matched, playerId);
                yield Outgoing.of(signed, () -> noteTold(signed, playerId));
            }
            case Frame.Welcome welcome -> Outgoing.of(welcome);
            case Frame.TicketUpdated updated -> Outgoing.of(updated);
            case Frame.PartyUpdated updated -> Outgoing.of(updated);
            case Frame.MatchFound found -> Outgoing.of(found);
            case Frame.MatchCancelled cancelled -> Outgoing.of(cancelled);
            case Frame.MatchEnded ended -> Outgoing.of(ended);
        };
    }

    PlayerMatched signed(PlayerMatched matched, String playerId) {
        String name = matched.players().stream()
                .filter(player -> player.playerId().equals(playerId))
                .map(MatchPlayer::name)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "playerId=" + playerId + " is not in matchId=" + matched.matchId() + ", no token for it"));
        return matched.withJoinToken(joinTokens.sign(playerId, name, matched.matchId()));
    }

    /** Off the event loop, which must not wait for Redis. */
    private void noteTold(PlayerMatched matched, String playerId) {
        Instant toldAt = time.instant();
        notes.execute(() -> {
            try {
                matches.told(matched, playerId, toldAt);
            } catch (Exception e) {
                LOG.warn(
                        "told, but not noted matchId={} playerId={} why={}", matched.matchId(), playerId, e.toString());
            }
        });
    }
}

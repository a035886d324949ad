package dev.paddock.gameserver.channel;

/** What became of a wish to join. */
public sealed interface JoinCheck {
    /**
     * The token is this player's, for this match.
     *
     * @param joined the {@code Joined} frame to answer with
     */
    record Welcome(String playerId, Object joined) implements JoinCheck {}

    /**
     * Not let in.
     *
     * @param code as in {@link dev.paddock.protocol.game.FromServer.Rejected}
     */
    record Refused(String code, String reason) implements JoinCheck {}
}

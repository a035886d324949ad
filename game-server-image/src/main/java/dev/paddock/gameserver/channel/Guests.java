package dev.paddock.gameserver.channel;

/** Who the channel is for. Called by the connections' threads; {@code entered} comes before that connection's lines. */
public interface Guests {
    /** How many players the match has; 0: no match yet. */
    int expected();

    /** Whether the holder of this token may join. */
    JoinCheck check(String joinToken);

    /** The player is connected by this connection now, and by no earlier one. */
    void entered(Connection connection);

    /** A connected player sent a line. */
    void line(Connection connection, String line);

    /** The connection is gone. */
    void left(Connection connection);
}

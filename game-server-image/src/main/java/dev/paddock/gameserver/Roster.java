package dev.paddock.gameserver;

import dev.paddock.gameserver.channel.Connection;
import dev.paddock.gameserver.channel.Guests;
import dev.paddock.gameserver.channel.JoinCheck;
import dev.paddock.gameserver.channel.JoinTokens;
import dev.paddock.protocol.game.FromServer;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.server.Assignment;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is connected: one connection a player, the latest. The lock makes coming and going reach the match in the order in
 * which they happened, also when a player's two connections race.
 */
final class Roster implements Guests {
    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);

    private final Consumer<LifeEvent> life;
    private final int tickRate;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Connection> connected = new HashMap<>();
    private volatile @Nullable Playing playing;
    private volatile @Nullable MatchResult result;

    Roster(Consumer<LifeEvent> life, int tickRate) {
        this.life = life;
        this.tickRate = tickRate;
    }

    private record Playing(Assignment assignment, JoinTokens tokens, MatchLoop match) {}

    /** From now on the match's players may join. */
    void open(Assignment assignment, JoinTokens tokens, MatchLoop match) {
        playing = new Playing(assignment, tokens, match);
    }

    /** Tells everybody the result and lets nobody in any more. */
    void close(MatchResult ended) {
        lock.lock();
        try {
            result = ended;
            byte[] line = Connection.line(new FromServer.Result(ended));
            connected.values().forEach(connection -> connection.finish(line));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int expected() {
        Playing now = playing;
        return now == null ? 0 : now.assignment.players().size();
    }

    @Override
    public JoinCheck check(String joinToken) {
        Playing now = playing;
        if (now == null) {
            return new JoinCheck.Refused("no-match", "This server has no match yet.");
        }
        return switch (now.tokens.check(joinToken)) {
            case JoinTokens.Verdict.Bad bad -> new JoinCheck.Refused(bad.code(), bad.reason());
            case JoinTokens.Verdict.Good _
            when result != null -> new JoinCheck.Refused("match-over", "The match is over.");
            case JoinTokens.Verdict.Good good -> welcome(good.playerId(), now.assignment);
        };
    }

    private JoinCheck welcome(String playerId, Assignment assignment) {
        return new JoinCheck.Welcome(
                playerId,
                new FromServer.Joined(
                        playerId, assignment.matchId(), assignment.mode(), assignment.players(), tickRate));
    }

    @Override
    public void entered(Connection connection) {
        String playerId = connection.playerId();
        lock.lock();
        try {
            MatchResult ended = result;
            if (ended != null) {
                connection.finish(Connection.line(new FromServer.Result(ended)));
                return;
            }
            Connection before = connected.put(playerId, connection);
            if (before != null) {
                before.drop("replaced", "The player joined on another connection.");
            }
            playing().match.joined(playerId);
            life.accept(new LifeEvent.Players(connected.size()));
        } finally {
            lock.unlock();
        }
        LOG.info("A player joined: matchId={} playerId={}", playing().assignment.matchId(), playerId);
    }

    @Override
    public void line(Connection connection, String line) {
        playing().match.line(connection, line);
    }

    @Override
    public void left(Connection connection) {
        String playerId = connection.playerId();
        lock.lock();
        try {
            if (!connected.remove(playerId, connection)) {
                return;
            }
            playing().match.left(playerId);
            life.accept(new LifeEvent.Players(connected.size()));
        } finally {
            lock.unlock();
        }
        LOG.info("A player left: matchId={} playerId={}", playing().assignment.matchId(), playerId);
    }

    void tell(String playerId, byte[] line) {
        lock.lock();
        try {
            Connection connection = connected.get(playerId);
            if (connection != null) {
                connection.tell(line);
            }
        } finally {
            lock.unlock();
        }
    }

    void tellAll(byte[] line) {
        lock.lock();
        try {
            connected.values().forEach(connection -> connection.tell(line));
        } finally {
            lock.unlock();
        }
    }

    void showAll(byte[] state) {
        lock.lock();
        try {
            connected.values().forEach(connection -> connection.show(state));
        } finally {
            lock.unlock();
        }
    }

    private Playing playing() {
        Playing now = playing;
        if (now == null) {
            throw new IllegalStateException("no match is open");
        }
        return now;
    }
}

package dev.paddock.manager.match;

import dev.paddock.manager.account.Profiles;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.redis.StreamConsumer;
import dev.paddock.manager.redis.StreamEntry;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.MalformedException;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what matches came to from Redis to MySQL. While MySQL is down the results wait on their stream, and no player
 * waits for them.
 */
@Singleton
final class Results {
    /** Few at a time: each holds a connection to MySQL, and nobody waits. */
    private static final int AT_A_TIME = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Results.class);

    private final Redis redis;
    private final ResultStore store;
    private final Profiles profiles;
    private final MatchSettings settings;

    Results(Redis redis, ResultStore store, Profiles profiles, MatchSettings settings) {
        this.redis = redis;
        this.store = store;
        this.profiles = profiles;
        this.settings = settings;
    }

    StreamConsumer consume(String mode, String replica) {
        QueueKeys keys = new QueueKeys(mode);
        Duration again = settings.writeAgainAfter();
        return StreamConsumer.start(
                redis,
                new StreamConsumer.Group(keys.results(), QueueKeys.GROUP, replica, AT_A_TIME, again),
                entry -> write(keys, entry));
    }

    private void write(QueueKeys keys, StreamEntry entry) {
        try {
            FinishedMatch match = Json.read(entry.fields().getOrDefault("finished", ""), FinishedMatch.class);
            boolean first = store.write(match);
            LOG.info("result written matchId={} mode={} first={}", match.matchId(), match.mode(), first);
            if (match.isPlayedOut()) {
                // Also when somebody else wrote it, who may have died before this.
                match.players()
                        .forEach(player -> profiles.changed(player.player().playerId()));
            }
        } catch (MalformedException e) {
            LOG.error("not a result, dropped mode={} entry={}", keys.mode(), entry.id(), e);
        }
        redis.finish(keys.results(), QueueKeys.GROUP, entry.id());
    }
}

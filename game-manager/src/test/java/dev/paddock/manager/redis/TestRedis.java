package dev.paddock.manager.redis;

import dev.paddock.local.server.SharedServers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.net.URI;
import java.time.Duration;

/** A connection to a real Redis as one replica has it, and what a test wants to do behind the manager's back. */
public final class TestRedis implements AutoCloseable {
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;
    private final Redis redis;

    private TestRedis(URI uri) {
        this.client = RedisClient.create(uri.toString());
        this.connection = client.connect();
        this.redis = new Redis(new OneServer(client, connection));
    }

    public static TestRedis connect(URI uri) {
        return new TestRedis(uri);
    }

    /** A database that all tests in this JVM share that know no other one: empty it first. */
    public static URI shared() {
        return Shared.DATABASE;
    }

    public Redis redis() {
        return redis;
    }

    public RedisCommands<String, String> commands() {
        return connection.sync();
    }

    /** Breaks every connection at once and for good, as the end of a process does. */
    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }

    private static final class Shared {
        static final URI DATABASE = SharedServers.redisDatabase();
    }
}

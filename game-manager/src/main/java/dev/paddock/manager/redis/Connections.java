package dev.paddock.manager.redis;

import io.github.bucket4j.redis.lettuce.Bucket4jLettuce.LettuceBasedProxyManagerBuilder;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.Future;

/**
 * The connections to Redis: to the one server of {@code redis.uri}, or to the cluster of {@code redis.uris}. Both take the
 * same commands; on a cluster each goes to the server that has its key, and follows it after a failover.
 */
sealed interface Connections permits OneServer, Cluster {
    /** The connection that all share: what is sent here is pipelined, so nothing of it may wait inside Redis. */
    StatefulConnection<String, String> shared();

    /** The commands of {@link #shared}. */
    RedisClusterAsyncCommands<String, String> commands();

    /** A connection of its own, for reads that wait inside Redis. */
    Own open();

    /** A connection of its own for token buckets. */
    Buckets openBuckets();

    /** Has Redis know a script; on a cluster, every primary. */
    Future<?> load(String script);

    /** Asks Redis for a sign of life; on a cluster, every primary, and all slots must have one. */
    Future<?> ping();

    /** Calls this when a connection that broke is back, or another server has taken over for one. */
    void onSetback(Runnable listener);

    /** A connection that one caller has for itself. */
    record Own(StatefulConnection<String, String> connection, RedisClusterAsyncCommands<String, String> commands) {}

    /** A connection, and what keeps token buckets over it. */
    record Buckets(StatefulConnection<String, byte[]> connection, LettuceBasedProxyManagerBuilder<String> builder) {}
}

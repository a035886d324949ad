package dev.paddock.manager.redis;

import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisException;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.event.ClusterTopologyChangedEvent;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * A Redis Cluster: several primaries, each with a part of the keys and a replica that takes over for it.
 *
 * <p>Who has what is asked anew when a server says that it has a key no more, when one is not reached, and every
 * {@link #LOOK} besides: a server that hangs says nothing. A server that the others hold for failed is left at once; what
 * was sent to it is sent to whoever took over, so every command here must bear to be carried out twice.
 */
record Cluster(RedisClusterClient client, StatefulRedisClusterConnection<String, String> shared)
        implements Connections {
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** Between two looks that were caused by errors: during a failover, every command is a cause. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);

    /** Before its first connection. */
    static void prepare(RedisClusterClient client) {
        client.setOptions(ClusterClientOptions.builder()
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(LOOK)
                        .enableAllAdaptiveRefreshTriggers()
                        .adaptiveRefreshTriggersTimeout(LOOK_AGAIN)
                        .refreshTriggersReconnectAttempts(1)
                        .build())
                .nodeFilter(node -> !node.is(RedisClusterNode.NodeFlag.FAIL))
                // A look waits for a server that hangs.
                .socketOptions(
                        SocketOptions.builder().connectTimeout(CONNECT_WITHIN).build())
                .build());
    }

    @Override
    public RedisClusterAsyncCommands<String, String> commands() {
        return shared.async();
    }

    @Override
    public Own open() {
        StatefulRedisClusterConnection<String, String> connection = client.connect();
        return new Own(connection, connection.async());
    }

    @Override
    public Buckets openBuckets() {
        var connection = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
        return new Buckets(connection, Bucket4jLettuce.casBasedBuilder(connection));
    }

    @Override
    public Future<?> load(String script) {
        return shared.async().upstream().commands().scriptLoad(script).toCompletableFuture();
    }

    @Override
    public Future<?> ping() {
        int served = client.getPartitions().stream()
                .mapToInt(node -> node.getSlots().size())
                .sum();
        if (served < SlotHash.SLOT_COUNT) {
            return CompletableFuture.failedFuture(
                    new RedisException(served + " of " + SlotHash.SLOT_COUNT + " slots have a server"));
        }
        return shared.async().upstream().commands().ping().toCompletableFuture();
    }

    @Override
    public void onSetback(Runnable listener) {
        client.addListener(new Returns(listener));
        Owners owners = new Owners(client.getPartitions());
        client.getResources().eventBus().get().subscribe(event -> {
            if (event instanceof ClusterTopologyChangedEvent changed && owners.haveChanged(changed.after())) {
                listener.run();
            }
        });
    }

    /** Whether one script may touch all of these: the same server has them, for ever. */
    static boolean haveOneSlot(Iterable<String> keys) {
        int first = -1;
        for (String key : keys) {
            int slot = SlotHash.getSlot(key);
            if (first >= 0 && slot != first) {
                return false;
            }
            first = slot;
        }
        return true;
    }
}

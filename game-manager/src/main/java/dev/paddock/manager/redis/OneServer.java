package dev.paddock.manager.redis;

import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.net.SocketAddress;
import java.util.concurrent.Future;

/** One Redis that has everything. */
record OneServer(RedisClient client, StatefulRedisConnection<String, String> shared) implements Connections {
    @Override
    public RedisClusterAsyncCommands<String, String> commands() {
        return shared.async();
    }

    @Override
    public Own open() {
        StatefulRedisConnection<String, String> connection = client.connect();
        return new Own(connection, connection.async());
    }

    @Override
    public Buckets openBuckets() {
        var connection = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
        return new Buckets(connection, Bucket4jLettuce.casBasedBuilder(connection));
    }

    @Override
    public Future<?> load(String script) {
        return shared.async().scriptLoad(script);
    }

    @Override
    public Future<?> ping() {
        return shared.async().ping();
    }

    @Override
    public void onSetback(Runnable listener) {
        shared.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
                listener.run();
            }
        });
    }
}

package dev.paddock.manager.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import java.net.SocketAddress;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Hears when a connection is back that had broken, at the same server. One that is new is none of these, nor is one that
 * has no server of its own, and goes to the next one of a cluster.
 */
final class Returns implements RedisConnectionStateListener {
    private final Map<RedisChannelHandler<?, ?>, SocketAddress> servers =
            Collections.synchronizedMap(new WeakHashMap<>());
    private final Runnable listener;

    Returns(Runnable listener) {
        this.listener = listener;
    }

    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
        if (address.equals(servers.put(connection, address))) {
            listener.run();
        }
    }
}

package dev.paddock.manager.socket;

import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.redis.Redis;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;

/**
 * Has every player told anew where they stand when something may have been lost: frames, because NATS was away; or what
 * the frames had said, because Redis was, or a replica took over that had not heard all of it. Then a ticket that the
 * player was told of may be gone, or a match, and only the player's own {@code Welcome} can say so.
 */
@Singleton
final class Losses {
    private final Bus bus;
    private final Redis redis;
    private final Sockets sockets;

    Losses(Bus bus, Redis redis, Sockets sockets) {
        this.bus = bus;
        this.redis = redis;
        this.sockets = sockets;
    }

    @EventListener
    void start(StartupEvent event) {
        bus.onReconnect(sockets::greetAnew);
        redis.onSetback(sockets::greetAnew);
    }
}

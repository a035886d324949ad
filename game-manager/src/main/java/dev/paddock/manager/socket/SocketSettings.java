package dev.paddock.manager.socket;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How patient the manager is with players' sockets.
 *
 * @param pingEvery {@code PADDOCK_SOCKET_PING_EVERY}, default 15s
 * @param pongWithin {@code PADDOCK_SOCKET_PONG_WITHIN}, default 45s: a socket that has answered no ping for so long is
 *     closed (4408)
 * @param slowFor {@code PADDOCK_SOCKET_SLOW_FOR}, default 10s: how long a client may leave unread what was sent, before it
 *     is closed (1013)
 * @param mostPending {@code PADDOCK_SOCKET_MOST_PENDING}, default 1048576: bytes sent and unread at which it is closed at
 *     once (1013)
 * @param mostPerPlayer {@code PADDOCK_SOCKET_MOST_PER_PLAYER}, default 4: one more, and the oldest is closed (4409)
 * @param ticketLives {@code PADDOCK_SOCKET_TICKET_LIVES}, default 30s: how long a socket ticket can be used
 */
@ConfigurationProperties("paddock.socket")
record SocketSettings(
        @Bindable(defaultValue = "15s") Duration pingEvery,
        @Bindable(defaultValue = "45s") Duration pongWithin,
        @Bindable(defaultValue = "10s") Duration slowFor,
        @Bindable(defaultValue = "1048576") long mostPending,
        @Bindable(defaultValue = "4") int mostPerPlayer,
        @Bindable(defaultValue = "30s") Duration ticketLives) {
    SocketSettings {
        if (pongWithin.compareTo(pingEvery) <= 0) {
            throw new IllegalArgumentException(
                    "set paddock.socket.pong-within to more than paddock.socket.ping-every, or every socket is closed"
                            + " before it was asked");
        }
        if (mostPerPlayer < 1) {
            throw new IllegalArgumentException("set paddock.socket.most-per-player to at least 1");
        }
    }
}

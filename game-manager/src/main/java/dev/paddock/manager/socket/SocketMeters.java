package dev.paddock.manager.socket;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;

/** How many players have a socket on this replica, for operators. */
@Context
final class SocketMeters {
    SocketMeters(MeterRegistry meters, Sockets sockets) {
        meters.gauge("paddock.connected.players", sockets, Sockets::players);
    }
}

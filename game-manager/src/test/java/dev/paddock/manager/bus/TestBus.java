package dev.paddock.manager.bus;

import dev.paddock.local.server.SharedServers;

/** A manager's bus to the NATS server that all tests share. */
public final class TestBus {
    private TestBus() {}

    public static Bus connect() {
        SharedServers.Nats nats = SharedServers.nats();
        return new Bus(new NatsSettings(nats.url(), nats.managerCreds().toString()));
    }
}

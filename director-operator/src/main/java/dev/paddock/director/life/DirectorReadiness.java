package dev.paddock.director.life;

import dev.paddock.director.bus.Bus;
import dev.paddock.director.fleet.ServerBook;
import dev.paddock.director.mode.KnownMode;
import dev.paddock.director.mode.Modes;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Ready: NATS is connected, the modes are read, if only that there is none, and each that wants standbys has had one started. */
@Singleton
@Readiness
final class DirectorReadiness extends AbstractHealthIndicator<Map<String, Object>> {
    private final Bus bus;
    private final Modes modes;
    private final ServerBook book;

    DirectorReadiness(Bus bus, Modes modes, ServerBook book) {
        this.bus = bus;
        this.modes = modes;
        this.book = book;
    }

    @Override
    protected Map<String, Object> getHealthInformation() {
        boolean connected = bus.isConnected();
        List<String> withoutServer = modes.all().stream()
                .filter(mode -> mode.standby().min() > 0)
                .map(KnownMode::name)
                .filter(this::hasNoServer)
                .toList();
        int known = modes.all().size();
        healthStatus = connected && modes.areRead() && withoutServer.isEmpty() ? HealthStatus.UP : HealthStatus.DOWN;
        return Map.of("nats", connected, "modes", known, "modesWithoutServer", withoutServer);
    }

    @Override
    protected String getName() {
        return "director";
    }

    private boolean hasNoServer(String mode) {
        return book.mine().stream().noneMatch(server -> server.mode().equals(mode));
    }
}

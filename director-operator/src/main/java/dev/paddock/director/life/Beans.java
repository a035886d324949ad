package dev.paddock.director.life;

import dev.paddock.director.DirectorSettings;
import dev.paddock.director.backend.Backend;
import dev.paddock.director.fleet.FleetLimits;
import dev.paddock.director.fleet.ServerBook;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** What the pure parts are made of. */
@Factory
final class Beans {
    @Singleton
    @Primary
    InstantSource time() {
        return InstantSource.system();
    }

    @Singleton
    ServerBook book(DirectorSettings settings, Backend backend, InstantSource time) {
        FleetLimits limits = new FleetLimits(
                backend.maxServers(),
                backend.mostStarts(),
                settings.lostAfter(),
                settings.startWithin(),
                backend.packing());
        return new ServerBook(limits, time.instant());
    }
}

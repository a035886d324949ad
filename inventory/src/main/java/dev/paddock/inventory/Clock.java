package dev.paddock.inventory;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** What time it is, for everyone who must be told. */
@Factory
class Clock {
    @Singleton
    InstantSource time() {
        return InstantSource.system();
    }
}

package dev.paddock.manager.garage;

import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.warm.Warm;
import jakarta.inject.Singleton;

/** The scripts of the loadouts' cache. */
@Singleton
final class WarmGarage implements Warm {
    private final Redis redis;

    WarmGarage(Redis redis) {
        this.redis = redis;
    }

    @Override
    public void warm() {
        redis.load(Loadouts.SCRIPTS);
    }
}

package dev.paddock.manager.party;

import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.warm.Warm;
import jakarta.inject.Singleton;

/** The scripts of parties. */
@Singleton
final class WarmParties implements Warm {
    private final Redis redis;

    WarmParties(Redis redis) {
        this.redis = redis;
    }

    @Override
    public void warm() {
        redis.load(Parties.SCRIPTS);
    }
}

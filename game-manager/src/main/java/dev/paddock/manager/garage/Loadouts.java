package dev.paddock.manager.garage;

import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.redis.RedisUnavailableException;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.MalformedException;
import dev.paddock.protocol.match.Loadout;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loadout that a ticket takes along: from the cache, else from the inventory service, else the default one. Never
 * throws and never takes longer than {@code paddock.inventory.loadout-timeout}, as a match does not wait for a garage.
 *
 * <table>
 * <caption>Redis keys</caption>
 * <tr><th>key</th><th>type</th><th>holds</th><th>lives</th></tr>
 * <tr><td>{@code paddock:player:{<playerId>}:loadout}</td><td>STRING</td><td>JSON of {@link Loadout}</td>
 *     <td>10 minutes</td></tr>
 * </table>
 */
@Singleton
public final class Loadouts {
    /** What everyone can drive: the store's car for nothing, without items. */
    public static final Loadout DEFAULT = new Loadout(
            "street-one", List.of(), Map.of("powerKw", 110.0, "massKg", 1180.0, "grip", 0.95, "shiftMs", 240.0));

    private static final Logger LOG = LoggerFactory.getLogger(Loadouts.class);
    private static final Duration LIVES = Duration.ofMinutes(10);
    /** Beyond it a prefetch is left out: when everyone comes back at once, tickets ask for themselves. */
    private static final int MOST_PREFETCHES = 64;

    private final Redis redis;
    private final Inventory inventory;
    private final InventorySettings settings;
    private final Breaker breaker;
    private final Semaphore prefetches = new Semaphore(MOST_PREFETCHES);

    Loadouts(Redis redis, Inventory inventory, InventorySettings settings, InstantSource time) {
        this.redis = redis;
        this.inventory = inventory;
        this.settings = settings;
        this.breaker = new Breaker(time, settings.pause());
    }

    public Loadout of(String playerId) {
        return cached(playerId)
                .or(() -> asked(playerId, settings.loadoutTimeout()))
                .orElse(DEFAULT);
    }

    /** Has the loadout near before it is needed; returns at once, and asks for longer as nobody waits. */
    public void prefetch(String playerId) {
        if (prefetches.tryAcquire()) {
            Thread.ofVirtual().name("prefetch-loadout").start(() -> fetch(playerId));
        }
    }

    void keep(String playerId, Loadout loadout) {
        try {
            redis.set(key(playerId), Json.text(loadout), LIVES);
        } catch (RedisUnavailableException e) {
            LOG.warn("loadout not cached playerId={} why={}", playerId, e.getMessage());
        }
    }

    void forget(String playerId) {
        redis.delete(key(playerId));
    }

    private void fetch(String playerId) {
        try {
            if (cached(playerId).isEmpty()) {
                var _ = asked(playerId, settings.timeout());
            }
        } finally {
            prefetches.release();
        }
    }

    private Optional<Loadout> cached(String playerId) {
        try {
            return Optional.ofNullable(redis.get(key(playerId))).map(json -> Json.read(json, Loadout.class));
        } catch (RedisUnavailableException | MalformedException e) {
            LOG.warn("loadout not in cache playerId={} why={}", playerId, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Loadout> asked(String playerId, Duration timeout) {
        if (!breaker.isClosed()) {
            return Optional.empty();
        }
        try {
            Inventory.Answer answer = inventory.get("/internal/players/" + playerId + "/loadout", timeout);
            if (!answer.isOk()) {
                LOG.warn("no loadout in inventory playerId={} status={}", playerId, answer.status());
                return Optional.empty();
            }
            Loadout loadout = Json.read(answer.body(), Loadout.class);
            keep(playerId, loadout);
            return Optional.of(loadout);
        } catch (InventoryUnavailableException | MalformedException e) {
            breaker.failed();
            LOG.warn("default loadout playerId={} why={}", playerId, e.getMessage());
            return Optional.empty();
        }
    }

    private static String key(String playerId) {
        return "paddock:player:{" + playerId + "}:loadout";
    }
}

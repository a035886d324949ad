package dev.paddock.manager.garage;

import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.redis.RedisUnavailableException;
import dev.paddock.manager.redis.Script;
import dev.paddock.protocol.Id;
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
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loadout that a ticket takes along: from the cache, else from the inventory service, else the default one. Never
 * throws and never takes longer than {@code paddock.inventory.loadout-timeout}, as a match does not wait for a garage.
 *
 * <p>An answer of the inventory may be older than a change that was made while it was on its way, and must not stay in the
 * cache then. So a change leaves a mark before it is sent: while the mark is there, nobody keeps what was asked for, and
 * the change keeps what it was answered only if no other one was under way. The mark outlives every question that was
 * asked before the change was over; meanwhile a ticket that finds nothing cached asks the inventory.
 *
 * <pre>
 * ask:     cached? ─no─▶ inventory ─▶ keep.lua, unless marked
 * change:  change.lua (mark, forget) ─▶ inventory ─▶ changed.lua (keep, if the mark is still this change's)
 * </pre>
 *
 * <table>
 * <caption>Redis keys</caption>
 * <tr><th>key</th><th>type</th><th>holds</th><th>lives</th></tr>
 * <tr><td>{@code paddock:player:{<playerId>}:loadout}</td><td>STRING</td><td>JSON of {@link Loadout}</td>
 *     <td>10 minutes</td></tr>
 * <tr><td>{@code paddock:player:{<playerId>}:loadout-change}</td><td>STRING</td><td>id of the change that is under way,
 *     {@code contested} if there are more, {@code over}</td><td>twice {@code paddock.inventory.timeout} and
 *     {@link #MARGIN}</td></tr>
 * </table>
 */
@Singleton
public final class Loadouts {
    /** What everyone can drive: the store's car for nothing, without items. */
    public static final Loadout DEFAULT = new Loadout(
            "street-one", List.of(), Map.of("powerKw", 110.0, "massKg", 1180.0, "grip", 0.95, "shiftMs", 240.0));

    private static final Logger LOG = LoggerFactory.getLogger(Loadouts.class);
    private static final Script CHANGE = Script.of(Loadouts.class, "change.lua");
    private static final Script CHANGED = Script.of(Loadouts.class, "changed.lua");
    private static final Script KEEP = Script.of(Loadouts.class, "keep.lua");
    static final List<Script> SCRIPTS = List.of(CHANGE, CHANGED, KEEP);
    private static final Duration LIVES = Duration.ofMinutes(10);

    /** How long the inventory may still work on a change for whose answer nobody waits any more. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    /** Beyond it a prefetch is left out: when everyone comes back at once, tickets ask for themselves. */
    private static final int MOST_PREFETCHES = 64;

    private final Redis redis;
    private final Inventory inventory;
    private final InventorySettings settings;
    private final Breaker breaker;
    private final RandomGenerator random;
    private final Semaphore prefetches = new Semaphore(MOST_PREFETCHES);

    Loadouts(Redis redis, Inventory inventory, InventorySettings settings, InstantSource time, RandomGenerator random) {
        this.redis = redis;
        this.inventory = inventory;
        this.settings = settings;
        this.breaker = new Breaker(time, settings.pause());
        this.random = random;
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

    /**
     * To be called before a change is sent: a ticket must not take the old loadout along when the answer gets lost.
     *
     * @return the change's id, for {@link #changed} or {@link #unchanged}; after no answer neither is called
     */
    String changing(String playerId) {
        String change = Id.next(random);
        Duration marked = settings.timeout().multipliedBy(2).plus(MARGIN);
        redis.runForNumber(CHANGE, keys(playerId), List.of(change, millis(marked)));
        return change;
    }

    void changed(String playerId, String change, Loadout loadout) {
        over(playerId, change, Json.text(loadout));
    }

    /** The change was refused. */
    void unchanged(String playerId, String change) {
        over(playerId, change, "");
    }

    private void over(String playerId, String change, String loadout) {
        write(playerId, CHANGED, List.of(change, loadout, millis(LIVES)));
    }

    private void write(String playerId, Script script, List<String> args) {
        try {
            redis.runForNumber(script, keys(playerId), args);
        } catch (RedisUnavailableException e) {
            LOG.warn("loadout not cached playerId={} why={}", playerId, e.getMessage());
        }
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
            write(playerId, KEEP, List.of(Json.text(loadout), millis(LIVES)));
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

    private static List<String> keys(String playerId) {
        return List.of(key(playerId), key(playerId) + "-change");
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}

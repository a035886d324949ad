package dev.paddock.manager.ticket;

import dev.paddock.manager.redis.Batches;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.redis.RedisUnavailableException;
import dev.paddock.manager.redis.Script;
import dev.paddock.protocol.mode.Mode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The players' claims: one ticket per player, across modes. A claim is taken before its ticket is queued, in a slot of
 * its own (see {@link QueueKeys}), and never blocks by itself: what it names decides. {@code
 * docs/decisions/0003-one-ticket-per-player.md} says why.
 *
 * <p>Most places are free: they are taken with a plain {@code SET NX}, many in one round trip, and only where one is not
 * the script looks why. The time in such a claim is our {@link RedisClock}'s. That is enough, as only this same time is
 * ever compared with the clock of Redis: the ticket is refused 5 s after it, and the claim given up 10 s after it. On a
 * cluster the script alone takes places: claims in one batch would lie on several servers, and wait for the slowest.
 */
@Singleton
final class Claims {
    private static final Script CLAIM = Script.of(Claims.class, "claim.lua");
    private static final Script RELEASE = Script.of(Claims.class, "release.lua");
    static final List<Script> SCRIPTS = List.of(CLAIM, RELEASE);

    /** Claims in one round trip. */
    private static final int MOST_AT_ONCE = 500;

    /** With a second between them, and up to two for each: longer than a replica needs to take over. */
    private static final int LATER_TRIES = 20;

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    /** So many may be given back later; more than that age out. */
    private static final int MOST_LATER = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private final Semaphore later = new Semaphore(MOST_LATER);
    private final Redis redis;
    private final RedisClock clock;
    private final Batches<Redis.Setting, Boolean> free;

    Claims(Redis redis) {
        this.redis = redis;
        this.clock = new RedisClock(redis);
        this.free = new Batches<>(MOST_AT_ONCE, this::takeFree);
    }

    /** What came of trying to take a place. */
    sealed interface Taking {
        /** By the clock of Redis. */
        Instant at();

        record Taken(Instant at) implements Taking {}

        record Held(Instant at, Claim by) implements Taking {}
    }

    /** @param over a claim that was found to be over, and may be replaced; null if none is known */
    Taking take(String playerId, Mode mode, String ticketId, @Nullable Claim over) {
        if (over == null && !redis.isCluster()) {
            Instant at = clock.now();
            Claim claim = new Claim(mode.name(), ticketId, at.toEpochMilli());
            if (free.call(new Redis.Setting(QueueKeys.claim(playerId), claim.text(), QueueKeys.claimLives(mode)))) {
                return new Taking.Taken(at);
            }
        }
        return look(playerId, mode, ticketId, over);
    }

    /**
     * Frees the player's place if it is still this ticket's: now, or as soon as Redis can. On a cluster the player's server
     * alone may be away, and whoever ends a ticket has more to do that others wait for.
     */
    void release(String playerId, String ticketId) {
        Runnable release = () -> redis.runForNumber(RELEASE, List.of(QueueKeys.claim(playerId)), List.of(ticketId, ""));
        try {
            release.run();
        } catch (RedisUnavailableException e) {
            later(BETWEEN_TRIES, ticketId, release);
        }
    }

    /** Does that after a while, again and again until Redis is there; never, if too much is to be done already. */
    void later(Duration delay, String ticketId, Runnable work) {
        if (later.tryAcquire()) {
            later(delay, ticketId, work, LATER_TRIES);
        } else {
            leave(ticketId, "too many");
        }
    }

    private void later(Duration delay, String ticketId, Runnable work, int tries) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread)
                .execute(() -> attempt(ticketId, work, tries));
    }

    private void attempt(String ticketId, Runnable work, int tries) {
        try {
            work.run();
        } catch (RedisUnavailableException e) {
            if (tries > 1) {
                later(BETWEEN_TRIES, ticketId, work, tries - 1);
                return;
            }
            leave(ticketId, String.valueOf(e.getMessage()));
        }
        later.release();
    }

    /** It holds up nobody: the player's next ticket finds that this one is over. */
    private static void leave(String ticketId, String why) {
        LOG.warn("claims are left to expire ticketId={} why={}", ticketId, why);
    }

    /** Gives back what was taken then; if it was taken again for the same ticket, by the same wish said twice, it stays. */
    void giveBack(String playerId, String ticketId, Instant taken) {
        String at = Long.toString(taken.toEpochMilli());
        redis.runForNumber(RELEASE, List.of(QueueKeys.claim(playerId)), List.of(ticketId, at));
    }

    Optional<Claim> of(String playerId) {
        return Optional.ofNullable(redis.get(QueueKeys.claim(playerId))).map(Claim::of);
    }

    /** The claims of many players in one round trip, in their order; null where there is none. */
    List<@Nullable String> of(Collection<String> playerIds) {
        return redis.values(playerIds.stream().map(QueueKeys::claim).toList());
    }

    private List<Boolean> takeFree(List<Redis.Setting> claims) {
        Redis.SetAnswers answers = redis.setAllIfAbsent(claims);
        clock.heard(answers.at());
        return answers.set();
    }

    private Taking look(String playerId, Mode mode, String ticketId, @Nullable Claim over) {
        List<@Nullable Object> answer = redis.runForList(
                CLAIM,
                List.of(QueueKeys.claim(playerId)),
                List.of(
                        mode.name(),
                        ticketId,
                        Long.toString(QueueKeys.claimLives(mode).toMillis()),
                        over == null ? "" : over.text()));
        long micros = Long.parseLong(String.valueOf(answer.get(1)));
        Instant at = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        if (answer.size() == 2) {
            return new Taking.Taken(at);
        }
        return new Taking.Held(at, Claim.of(String.valueOf(answer.get(2))));
    }
}

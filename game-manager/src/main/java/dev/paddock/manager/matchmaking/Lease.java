package dev.paddock.manager.matchmaking;

import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.redis.RedisUnavailableException;
import dev.paddock.manager.redis.Script;
import dev.paddock.manager.ticket.QueueKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mode's lease: one replica at a time runs the matcher. It is there for thrift; that no ticket is matched twice is the
 * work of the scripts, which check the fencing token.
 */
final class Lease {
    private static final Script TAKE = Script.of(Lease.class, "take-lease.lua");
    private static final Script RENEW = Script.of(Lease.class, "renew-lease.lua");
    private static final Script RELEASE = Script.of(Lease.class, "release-lease.lua");
    static final List<Script> SCRIPTS = List.of(TAKE, RENEW, RELEASE);
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private final Redis redis;
    private final QueueKeys keys;
    private final String holder;

    /** @param holder unlike every other's who may want this lease */
    Lease(Redis redis, QueueKeys keys, String holder) {
        this.redis = redis;
        this.keys = keys;
        this.holder = holder;
    }

    String holder() {
        return holder;
    }

    /** What came of trying to take it. */
    sealed interface Taking {
        record Taken(Tenure tenure) implements Taking {}

        /** Another has it, for at least so long. */
        record Held(Duration left) implements Taking {}
    }

    /** What came of a renewal. */
    sealed interface Renewal {
        /**
         * @param waiting tickets in the queue
         * @param seq the last number given to an arrival
         * @param at by the clock of Redis
         */
        record Renewed(Tenure tenure, long waiting, long seq, Instant at) implements Renewal {}

        record Lost() implements Renewal {}
    }

    Taking take() {
        long before = System.nanoTime();
        List<@Nullable Object> answer = redis.runForList(
                TAKE, List.of(keys.lease(), keys.fence()), List.of(holder, Long.toString(Tenure.EXPIRY.toMillis())));
        long number = number(answer, 1);
        if (number(answer, 0) == 1) {
            return new Taking.Taken(new Tenure(number, before));
        }
        return new Taking.Held(Duration.ofMillis(Math.max(0, number)));
    }

    /** @param unread the first number in arrivals that was not read yet */
    Renewal renew(Tenure tenure, long unread) {
        long before = System.nanoTime();
        List<@Nullable Object> answer = redis.runForList(
                RENEW,
                List.of(keys.lease(), keys.fence(), keys.queue(), keys.seq(), keys.arrivals(), keys.read()),
                List.of(
                        holder,
                        Long.toString(tenure.token()),
                        Long.toString(Tenure.EXPIRY.toMillis()),
                        Long.toString(unread)));
        if (number(answer, 0) == 0) {
            return new Renewal.Lost();
        }
        return new Renewal.Renewed(
                tenure.renewed(before), number(answer, 1), number(answer, 2), Instant.ofEpochMilli(number(answer, 3)));
    }

    /** Gives it back if it is held; if Redis is away, it expires. */
    void release() {
        try {
            redis.runForNumber(RELEASE, List.of(keys.lease()), List.of(holder));
        } catch (RedisUnavailableException e) {
            LOG.warn("a lease was left to expire mode={} why={}", keys.mode(), e.getMessage());
        }
    }

    private static long number(List<@Nullable Object> answer, int index) {
        return answer.get(index) instanceof Long number ? number : -1;
    }
}

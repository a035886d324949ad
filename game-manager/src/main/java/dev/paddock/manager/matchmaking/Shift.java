package dev.paddock.manager.matchmaking;

import dev.paddock.manager.matchmaking.Commits.Forming;
import dev.paddock.manager.matchmaking.Lease.Renewal;
import dev.paddock.manager.matchmaking.Proposals.Proposal;
import dev.paddock.manager.matchmaking.Proposals.Seating;
import dev.paddock.manager.matchmaking.Seatings.Outcome;
import dev.paddock.manager.matchmaking.Seatings.Taking;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.redis.StreamEntry;
import dev.paddock.manager.redis.Streams;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.Sweeper;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.mode.Mode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the holder of a mode's lease does while it holds it, on one thread:
 *
 * <pre>
 * load ─▶ expire ─▶ match ─▶ take seats, commit ─▶ wait for an arrival, or the next moment ─▶ take it in ─▶ renew, once a second ─┐
 *   ▲        ▲                                                                                                     │
 *   │        └─────────────────────────────────────────────────────────────────────────────────────────────────────┤
 *   └─ an arrival was missed, or Redis counts other tickets ───────────────────────────────────────────────────────┘
 * </pre>
 *
 * It matches when something changed or a window has widened enough, never on a fixed tick. It ends when it cannot prove
 * any more that it holds the lease, when it is told to, or with the first error.
 */
final class Shift {
    /** A difference to the clock of Redis that no rounding explains. */
    private static final Duration SKEW = Duration.ofMillis(250);

    /** Entries at a time; each may hold some hundred tickets. */
    private static final int MOST_ARRIVALS = 200;

    /** After so many arrivals the lease is renewed before its time: that throws them away, and so makes room for others. */
    private static final int MOST_KEPT = 5000;

    /** Batches of matches under way: the next one is put together while Redis works on this one. */
    private static final int MOST_SENT = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Shift.class);

    private final Redis redis;
    private final QueueKeys keys;
    private final Lease lease;
    private final Supplier<Rules> rules;
    private final Supplier<String> matchIds;
    private final Aftermath aftermath;
    private final InstantSource clock;
    private final Waiting waiting;
    private final Commits commits;
    private final Seatings seatings;
    private final Scribe scribe;
    private final long setbacks;

    private volatile boolean stopped;
    private volatile @Nullable Streams reading;
    private Tenure tenure = new Tenure(0, 0);
    private volatile Duration skew = Duration.ZERO;
    private Instant nextSweep = Instant.MIN;

    /** Tickets created until then have been looked at by the sweeper. */
    private Instant swept = Instant.MIN;

    /** Whether tickets came back that others could not be had with: they are looked at again without waiting. */
    private boolean again;

    private @Nullable Instant nextMoment;
    private long unreadAtRenewal;

    Shift(Place place, Supplier<Rules> rules, Supplier<String> matchIds, Aftermath aftermath, InstantSource clock) {
        this.redis = place.redis();
        this.keys = place.keys();
        this.lease = place.lease();
        this.rules = rules;
        this.matchIds = matchIds;
        this.aftermath = aftermath;
        this.clock = clock;
        this.waiting = new Waiting(redis, keys, rules.get());
        this.commits = new Commits(redis, keys);
        this.seatings = new Seatings(redis, keys);
        this.scribe = aftermath.scribe(rules, () -> waiting.createdUpTo(Instant.MAX));
        // Before anything is read.
        this.setbacks = redis.setbacks();
    }

    /** Where a shift works: one mode's queue, and the lease on it. */
    record Place(Redis redis, QueueKeys keys, Lease lease) {}

    /** Works until the lease is lost, or {@link #stop}. */
    void work(Tenure taken) {
        tenure = taken;
        try (Streams streams = redis.openStreams()) {
            reading = streams;
            LOG.debug("took the lease mode={} token={}", keys.mode(), taken.token());
            boolean held = load();
            while (held && !stopped) {
                held = step(streams);
            }
        } finally {
            reading = null;
        }
    }

    /** Ends the work from another thread, also while it waits for an arrival. */
    void stop() {
        stopped = true;
        Streams streams = reading;
        if (streams != null) {
            streams.close();
        }
    }

    /** Why a ticket still waits; empty if it does not wait here. For any thread. */
    Optional<Reasons> why(String ticketId) {
        return waiting.why(ticketId, now());
    }

    /** The queue as it is now. For any thread. */
    int waiting() {
        return waiting.size();
    }

    QueueNumbers numbers() {
        return waiting.numbers(now());
    }

    /** Whether the lease is still held at its end. */
    private boolean step(Streams streams) {
        if (redis.setbacks() != setbacks) {
            // Numbers of arrivals that were read here may have been lost, and given again to others.
            LOG.warn("starts over after Redis was away mode={}", keys.mode());
            return false;
        }
        Rules now = rules.get();
        if (!expire(now.mode()) || !match(now)) {
            return false;
        }
        List<StreamEntry> arrivals =
                streams.after(keys.arrivals(), waiting.lastEntry(), MOST_ARRIVALS, untilSomethingIsDue(now.mode()));
        if (!arrivals.isEmpty()) {
            scribe.arrived(now(), arrivals);
            if (!waiting.arrived(arrivals) && !load()) {
                return false;
            }
        }
        boolean due = tenure.untilRenewal(System.nanoTime()).isZero();
        return due ? renew() : waiting.unread() - unreadAtRenewal < MOST_KEPT || keepLease();
    }

    private boolean load() {
        List<String> orphans = waiting.load();
        swept = Instant.MIN;
        scribe.loaded(now());
        for (List<String> batch : Commits.batches(orphans)) {
            LOG.warn("ids without a waiting ticket leave the queue mode={} ids={}", keys.mode(), batch.size());
            if (!mayAct() || commits.expire(tenure.token(), batch, now()).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private boolean expire(Mode mode) {
        Instant now = now();
        Instant limit = now.minus(mode.matching().ticketLifetime());
        if (waiting.oldest().filter(oldest -> !oldest.isAfter(limit)).isEmpty()) {
            return true;
        }
        for (List<Ticket> batch : Commits.batches(waiting.createdUpTo(limit))) {
            List<String> ids = batch.stream().map(Ticket::ticketId).toList();
            Optional<List<Boolean>> answers = mayAct() ? commits.expire(tenure.token(), ids, now) : Optional.empty();
            if (answers.isEmpty()) {
                return false;
            }
            ids.forEach(waiting::remove);
            List<Boolean> expired = answers.get();
            List<Ticket> ended = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                if (expired.get(i)) {
                    ended.add(batch.get(i));
                }
            }
            aftermath.expired(ended, now);
        }
        return true;
    }

    private boolean match(Rules by) {
        Instant now = now();
        waiting.matchBy(by);
        again = false;
        Proposals proposals = waiting.match(now);
        nextMoment = proposals.nextMoment();
        if (!seat(proposals.seatings(), by.mode(), now)) {
            return false;
        }
        Duration acceptWithin = by.mode().matching().acceptWithin();
        Instant acceptBy = acceptWithin == null ? null : now.plus(acceptWithin);
        Deque<Sent> sent = new ArrayDeque<>();
        boolean held = true;
        for (List<Proposal> batch : Commits.batches(proposals.matches())) {
            held = mayGoOn();
            if (held) {
                sent.add(send(batch, by.mode(), now, acceptBy));
                held = sent.size() < MOST_SENT || settle(sent.remove(), now, acceptBy);
            }
            if (!held) {
                break;
            }
        }
        // Also when the lease is lost: what was sent before may have been formed, and its players be told.
        while (!sent.isEmpty()) {
            held = settle(sent.remove(), now, acceptBy) && held;
        }
        return held;
    }

    private boolean seat(List<Seating> found, Mode mode, Instant now) {
        List<Taking> takings =
                found.stream().map(seating -> Taking.of(seating, now)).toList();
        for (List<Taking> batch : Commits.batches(takings)) {
            Optional<List<Outcome>> outcomes = mayGoOn()
                    ? seatings.take(tenure.token(), batch, now, QueueKeys.keptWhilePlayed(mode))
                    : Optional.empty();
            if (outcomes.isEmpty()) {
                return false;
            }
            List<Taking> taken = new ArrayList<>(batch.size());
            for (int i = 0; i < batch.size(); i++) {
                Seating seating = batch.get(i).seating();
                switch (outcomes.get().get(i)) {
                    case Outcome.Taken ignored -> taken.add(batch.get(i));
                    case Outcome.Shut ignored -> putBack(seating.tickets(), List.of());
                    case Outcome.Gone gone -> {
                        putBack(seating.tickets(), gone.ticketIds());
                        waiting.offer(seating.offer());
                    }
                }
            }
            scribe.seated(now, taken);
            aftermath.seated(taken);
        }
        return true;
    }

    /** The others still wait: they are matched again at once. */
    private void putBack(List<Ticket> tickets, List<String> gone) {
        tickets.stream().filter(ticket -> !gone.contains(ticket.ticketId())).forEach(waiting::put);
        again = true;
    }

    /** A batch that Redis works on. */
    private record Sent(List<Forming> batch, Supplier<Optional<List<List<String>>>> answers) {}

    private Sent send(List<Proposal> proposals, Mode mode, Instant now, @Nullable Instant acceptBy) {
        List<Forming> batch = proposals.stream()
                .map(proposal -> Forming.of(proposal, matchIds.get(), keys.mode(), now))
                .toList();
        return new Sent(
                batch, commits.formLater(tenure.token(), batch, now, QueueKeys.keptWhilePlayed(mode), acceptBy));
    }

    /** Whether the lease was still held. */
    private boolean settle(Sent sent, Instant now, @Nullable Instant acceptBy) {
        List<List<String>> answers = sent.answers().get().orElse(null);
        if (answers == null) {
            return false;
        }
        List<Forming> batch = sent.batch();
        List<Forming> formed = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            List<String> gone = answers.get(i);
            if (gone.isEmpty()) {
                formed.add(batch.get(i));
            } else {
                // Cancelled meanwhile.
                putBack(batch.get(i).tickets(), gone);
            }
        }
        scribe.formed(now, formed);
        if (acceptBy == null) {
            aftermath.formed(formed);
        } else {
            aftermath.proposed(formed, acceptBy);
        }
        return true;
    }

    /** Whether the lease is held, for long enough: many matches at once may take longer to write than it lives. */
    private boolean mayGoOn() {
        boolean due = tenure.untilRenewal(System.nanoTime()).isZero();
        return (!due || keepLease()) && mayAct();
    }

    /** Renews the lease, and looks at nothing else. */
    private boolean keepLease() {
        return switch (lease.renew(tenure, waiting.unread())) {
            case Renewal.Lost ignored -> false;
            case Renewal.Renewed renewed -> {
                tenure = renewed.tenure();
                unreadAtRenewal = waiting.unread();
                yield true;
            }
        };
    }

    private boolean renew() {
        Instant asked = clock.instant();
        switch (lease.renew(tenure, waiting.unread())) {
            case Renewal.Lost ignored -> {
                return false;
            }
            case Renewal.Renewed renewed -> {
                tenure = renewed.tenure();
                unreadAtRenewal = waiting.unread();
                skew = skew(asked, renewed.at(), clock.instant());
                sweep();
                if (waiting.agrees(renewed.waiting(), renewed.seq())) {
                    return true;
                }
                LOG.warn("the queue is read anew mode={} inRedis={}", keys.mode(), renewed.waiting());
                return load();
            }
        }
    }

    /** As little as explains what the other clock said between two looks at ours: an answer may come late. */
    static Duration skew(Instant asked, Instant at, Instant answered) {
        Duration off = at.isBefore(asked) ? Duration.between(asked, at) : Duration.ZERO;
        if (at.isAfter(answered)) {
            off = Duration.between(answered, at);
        }
        return off.abs().compareTo(SKEW) > 0 ? off : Duration.ZERO;
    }

    private void sweep() {
        Instant now = now();
        if (now.isAfter(nextSweep)) {
            nextSweep = now.plus(Sweeper.EVERY);
            Instant until = now.minus(Sweeper.EVERY);
            // Each once, and all after the queue was read anew: what a crash left is there by then. To wait costs Redis
            // nothing.
            List<Ticket> old = waiting.createdUpTo(until);
            aftermath.sweep(
                    keys.mode(),
                    old.stream()
                            .filter(ticket -> ticket.createdAt().isAfter(swept))
                            .toList());
            swept = until;
            aftermath.census(keys.mode(), old);
        }
    }

    /** Until a window has widened enough, a ticket expires, or the lease must be renewed. */
    private Duration untilSomethingIsDue(Mode mode) {
        if (again) {
            return ArrivalWait.of(Duration.ZERO, now(), null, null);
        }
        Instant expires = waiting.oldest()
                .map(oldest -> oldest.plus(mode.matching().ticketLifetime()))
                .orElse(null);
        return ArrivalWait.of(tenure.untilRenewal(System.nanoTime()), now(), nextMoment, expires);
    }

    private boolean mayAct() {
        return tenure.mayAct(System.nanoTime());
    }

    /** By the clock of Redis if ours is far off it: windows and lifetimes are counted from its times. */
    private Instant now() {
        return clock.instant().plus(skew);
    }
}

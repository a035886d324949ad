package dev.paddock.director.standby;

import dev.paddock.director.bus.Bus;
import dev.paddock.director.bus.Envelope;
import dev.paddock.director.fleet.ServerBook;
import dev.paddock.director.fleet.StartTimes;
import dev.paddock.director.match.Director;
import dev.paddock.director.mode.KnownMode;
import dev.paddock.protocol.MalformedException;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.queue.Demand;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many servers of a mode should wait: as many as matches come in the time that a server takes to start, by what managers
 * tell and what starts took, between the mode's {@code standby.min} and {@code max}. Every director counts, so that the next
 * leader knows what the last one knew.
 */
@Singleton
public final class Headroom {
    /** For a mode of which no start was measured yet. */
    private static final Duration UNMEASURED = Duration.ofSeconds(5);

    /** What a manager said longer ago than this is no news: it may be gone. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    /** Who leads looks several times a second. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Headroom.class);

    private final ServerBook book;
    private final Director director;
    private final Map<String, Played> modes = new HashMap<>();

    Headroom(ServerBook book, Director director) {
        this.book = book;
        this.director = director;
    }

    /** Hears managers from now on. */
    public void hear(Bus bus) {
        bus.subscribe(Subjects.ALL_DEMAND, null, this::heard);
    }

    /** How many should wait now. */
    public synchronized int wanted(KnownMode mode) {
        Instant now = director.time().instant();
        Played played = modes.computeIfAbsent(mode.name(), any -> new Played(settle()));
        if (now.isAfter(played.lookedAt.plus(PAUSE))) {
            // A director that has just begun to lead does not know why so many wait, and lets them wait for a while.
            played.settling.see(waiting(mode), now);
        }
        played.lookedAt = now;
        double rate = played.arrivals.rate(now);
        Duration start =
                book.startTimes(mode.name()).map(StartTimes.Measured::p95).orElse(UNMEASURED);
        int needed = Poisson.standbysFor(rate * start.toMillis() / 1000);
        // Who waits for others will need a server soon, and its start takes about as long.
        int atLeast = played.queued(now).orElse(0) > 0 ? 1 : 0;
        return mode.standby().bound(played.settling.see(Math.max(needed, atLeast), now));
    }

    /** How many tickets wait; empty: no manager has said so lately. */
    public synchronized Optional<Integer> queued(String mode) {
        Played played = modes.get(mode);
        return played == null ? Optional.empty() : played.queued(director.time().instant());
    }

    synchronized void heard(Demand demand, Instant now) {
        Played played = modes.computeIfAbsent(demand.mode(), any -> new Played(settle()));
        Integer formed = demand.formed().get(director.settings().requiredRegion());
        if (formed != null && formed > 0) {
            played.arrivals.add(formed, now);
        }
        if (demand.waiting() != null) {
            played.waiting = demand.waiting();
            played.waitingAt = now;
        }
    }

    private void heard(Envelope envelope) {
        try {
            heard(envelope.read(Demand.class), director.time().instant());
        } catch (MalformedException | IllegalArgumentException e) {
            LOG.warn("cannot be read subject={} why={}", envelope.subject(), e.getMessage());
        }
    }

    private int waiting(KnownMode mode) {
        return (int) book.mine().stream()
                .filter(server -> server.mode().equals(mode.name()) && StandbyPlan.waits(server))
                .count();
    }

    private Duration settle() {
        return director.settings().keepStandbys();
    }

    private static final class Played {
        private final Arrivals arrivals = new Arrivals();
        private final Settling settling;
        private Instant lookedAt = Instant.MIN;
        private int waiting;
        private @Nullable Instant waitingAt;

        Played(Duration settle) {
            this.settling = new Settling(settle);
        }

        Optional<Integer> queued(Instant now) {
            return waitingAt == null || now.isAfter(waitingAt.plus(FRESH)) ? Optional.empty() : Optional.of(waiting);
        }
    }
}

package dev.paddock.director.standby;

import dev.paddock.director.backend.LaunchException;
import dev.paddock.director.bus.Bus;
import dev.paddock.director.fleet.Phase;
import dev.paddock.director.fleet.ServerBook;
import dev.paddock.director.fleet.ServerView;
import dev.paddock.director.match.Director;
import dev.paddock.director.match.Retirement;
import dev.paddock.director.match.StartedStop;
import dev.paddock.director.mode.KnownMode;
import dev.paddock.director.mode.Modes;
import dev.paddock.protocol.Id;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what {@link StandbyPlan} says; called several times a second, by one thread, off the path of any match. */
@Singleton
public final class StandbyKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(StandbyKeeper.class);

    private final ServerBook book;
    private final Modes modes;
    private final StartedStop starter;
    private final Retirement retirement;
    private final Headroom headroom;
    private final Director director;
    private final SecureRandom random = new SecureRandom();
    private final Map<Tried, Backoff> backoffs = new HashMap<>();
    /** Modes whose new template is being noted as rolled out. */
    private final Set<KnownMode> settling = ConcurrentHashMap.newKeySet();

    private final ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor();

    /** What may fail to come up; a mode's old template goes on while its new one fails. */
    private record Tried(String mode, String template) {
        static Tried of(KnownMode mode) {
            return new Tried(mode.name(), mode.template());
        }
    }

    StandbyKeeper(
            ServerBook book,
            Modes modes,
            StartedStop starter,
            Retirement retirement,
            Headroom headroom,
            Director director) {
        this.book = book;
        this.modes = modes;
        this.starter = starter;
        this.retirement = retirement;
        this.headroom = headroom;
        this.director = director;
    }

    /** Hears from now on how much is played. */
    public void hear(Bus bus) {
        headroom.hear(bus);
    }

    /** Starts what is missing and retires what is too much, as far as it is time; whether anything was started. */
    public synchronized boolean keep() {
        Instant now = director.time().instant();
        List<ServerView> servers = book.mine();
        var bounds = new StandbyPlan.Bounds(
                headroom::wanted,
                mode -> backoff(mode).allows(now),
                book.limits().mostStarts(),
                book.room());
        StandbyPlan plan = StandbyPlan.of(modes.all(), servers, bounds, now);
        for (StandbyPlan.Retire retire : plan.retire()) {
            if (book.retire(retire.serverId(), now)) {
                retirement.retireLater(retire.serverId(), retire.why());
            }
        }
        servers.stream().filter(this::provesTheModeWorks).forEach(server -> backoffs.remove(tried(server)));
        plan.rolledOut().forEach(this::rolledOut);
        plan.start().forEach(this::start);
        return !plan.start().isEmpty();
    }

    /** Starts none any more, and waits so long for those that are being started. */
    public void end(Duration longest) throws InterruptedException {
        starts.shutdown();
        if (!starts.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("a standby is still being started");
        }
    }

    /** A standby did not come up. */
    public synchronized void failed(String mode, String template, String serverId, String why) {
        Tried tried = new Tried(mode, template);
        Backoff next = backoffs.getOrDefault(tried, Backoff.NONE)
                .failed(director.time().instant());
        backoffs.put(tried, next);
        LOG.warn(
                "a standby did not come up mode={} template={} serverId={} failures={} nextStart={} why={}",
                mode,
                template,
                serverId,
                next.failures(),
                next.notBefore(),
                why);
    }

    private void start(KnownMode mode) {
        String serverId = Id.next(random);
        if (!book.declare(serverId, mode, director.time().instant())) {
            return;
        }
        // Not on the loop's thread: an API server that is away would keep it from seeing who is lost.
        starts.execute(() -> {
            try {
                starter.start(serverId, mode, Optional.empty());
            } catch (LaunchException | RuntimeException e) {
                // Whatever it was: the next try waits for the back-off.
                failed(mode.name(), mode.template(), serverId, e.toString());
            }
        });
    }

    private boolean provesTheModeWorks(ServerView server) {
        Backoff backoff = backoffs.get(tried(server));
        return backoff != null
                && server.phase() == Phase.STANDBY
                && server.since().isAfter(backoff.failedAt());
    }

    private void rolledOut(KnownMode mode) {
        if (!settling.add(mode)) {
            return;
        }
        starts.execute(() -> {
            try {
                modes.rolledOut(mode);
                LOG.info("matches get the new template mode={} template={}", mode.name(), mode.template());
            } catch (RuntimeException e) {
                LOG.warn("a template is rolled out, and could not be noted; it is tried again mode={}", mode.name(), e);
            } finally {
                settling.remove(mode);
            }
        });
    }

    private Backoff backoff(KnownMode mode) {
        return backoffs.getOrDefault(Tried.of(mode), Backoff.NONE);
    }

    private static Tried tried(ServerView server) {
        return new Tried(server.mode(), server.template());
    }
}

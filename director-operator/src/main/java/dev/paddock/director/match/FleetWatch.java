package dev.paddock.director.match;

import dev.paddock.director.backend.Backend;
import dev.paddock.director.backend.Placement;
import dev.paddock.director.bus.Bus;
import dev.paddock.director.fleet.Consequence;
import dev.paddock.director.fleet.ServerBook;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after servers between the stops: exits, silence, and servers that another director left behind. */
@Singleton
public final class FleetWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FleetWatch.class);

    private final Bus bus;
    private final Backend backend;
    private final ServerBook book;
    private final Announcer announcer;
    private final InstantSource time;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile StandbyFailures standbyFailures = (mode, template, serverId, why) -> {};

    FleetWatch(Bus bus, Backend backend, ServerBook book, Announcer announcer, InstantSource time) {
        this.bus = bus;
        this.backend = backend;
        this.book = book;
        this.announcer = announcer;
        this.time = time;
    }

    /** Who is told that a standby did not come up. */
    @FunctionalInterface
    public interface StandbyFailures {
        void failed(String mode, String template, String serverId, String why);
    }

    public void watch(StandbyFailures failures) {
        standbyFailures = failures;
        backend.onExit(exit -> book.exited(exit, time.instant()));
        backend.onMoved(placement -> book.learn(placement, time.instant()));
    }

    /** Servers can be heard from now on. */
    public void listening() {
        book.listening(time.instant());
    }

    /** Whether this director is the one that keeps standbys up. */
    public boolean keepsStandbys() {
        return backend.keepsStandbys();
    }

    /** Whether all servers that are there can be found by now. */
    public boolean hasRead() {
        return backend.hasRead();
    }

    /** Whether there were servers to take over. */
    public boolean adopt() {
        boolean any = false;
        for (Placement placement : backend.adopt()) {
            book.learn(placement, time.instant());
            any = true;
        }
        return any;
    }

    /** Whether anything followed from the time that went by. */
    public boolean sweep() {
        boolean any = false;
        for (Consequence consequence : book.sweep(time.instant(), bus.isConnected())) {
            act(consequence);
            any = true;
        }
        return any;
    }

    /** This director goes, and with it its own servers without a match, all at once so that it takes one grace. */
    public void leave() throws InterruptedException {
        if (backend.outlivesDirectors()) {
            return;
        }
        List<String> idle = book.retireIdle(time.instant());
        LOG.info("this director ends serversRetired={} serversWithMatch={}", idle.size(), book.withMatch());
        List<Thread> ends = idle.stream()
                .map(serverId -> Thread.ofVirtual().start(() -> backend.stop(serverId)))
                .toList();
        for (Thread end : ends) {
            end.join();
        }
    }

    @Override
    @PreDestroy
    public void close() {
        threads.shutdownNow();
    }

    private void act(Consequence consequence) {
        switch (consequence) {
            case Consequence.Tell tell -> {
                LOG.warn(
                        "a match has lost its server matchId={} mode={} serverId={} code={} why={}",
                        tell.event().matchId(),
                        tell.event().mode(),
                        tell.event().serverId(),
                        tell.event().code(),
                        tell.event().why());
                threads.execute(() -> announcer.tellUntilHeard(tell.event()));
            }
            case Consequence.StandbyFailed failed ->
                standbyFailures.failed(failed.mode(), failed.template(), failed.serverId(), failed.why());
            case Consequence.Stop stop -> {
                LOG.warn("a server is stopped serverId={} why={}", stop.serverId(), stop.why());
                threads.execute(() -> backend.stop(stop.serverId()));
            }
        }
    }
}

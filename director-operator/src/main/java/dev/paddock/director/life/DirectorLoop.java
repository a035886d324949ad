package dev.paddock.director.life;

import dev.paddock.director.bus.Bus;
import dev.paddock.director.match.DirectorInbox;
import dev.paddock.director.match.FleetWatch;
import dev.paddock.director.mode.ModePublisher;
import dev.paddock.director.mode.Modes;
import dev.paddock.director.standby.StandbyKeeper;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the director's work and keeps it going, in one thread beside those that serve matches:
 *
 * <pre>
 * every 100 ms   what follows from time (lost servers), standbys that are missing
 * every 2 s      mode files
 * every 5 s      servers that a dead director left; modes and region in NATS
 * </pre>
 */
@Context
public final class DirectorLoop {
    /** Short, as a refill that is due waits for it. */
    private static final Duration TURN = Duration.ofMillis(100);

    private static final int TURNS_TO_MODES = 20;
    private static final int TURNS_TO_UPKEEP = 50;
    private static final Duration LAST_TURN = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(DirectorLoop.class);

    private final Bus bus;
    private final DirectorInbox inbox;
    private final FleetWatch fleet;
    private final StandbyKeeper standbys;
    private final Modes modes;
    private final ModePublisher publisher;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean open;
    private boolean published;
    private final Thread thread =
            Thread.ofPlatform().name("director-loop").daemon(true).unstarted(this::run);

    DirectorLoop(
            Bus bus,
            DirectorInbox inbox,
            FleetWatch fleet,
            StandbyKeeper standbys,
            Modes modes,
            ModePublisher publisher) {
        this.bus = bus;
        this.inbox = inbox;
        this.fleet = fleet;
        this.standbys = standbys;
        this.modes = modes;
        this.publisher = publisher;
    }

    /** Hears the servers first, so that nothing is answered to a manager before they could be known. */
    @EventListener
    void start(StartupEvent started) {
        fleet.watch(standbys::failed);
        inbox.hearServers(bus);
        standbys.hear(bus);
        bus.onReconnect(this::connectedAgain);
        open();
        thread.start();
    }

    /** Who is asked for a server must know all that there are, and who publishes modes all that can be played. */
    private boolean open() {
        if (!open && modes.areRead() && fleet.hasRead()) {
            fleet.adopt();
            inbox.hearManagers(bus);
            open = true;
        }
        return open;
    }

    private void connectedAgain() {
        fleet.listening();
        if (open) {
            publisher.publish();
        }
    }

    /** Hears nobody any more, and starts nothing, before the servers that wait for nothing are stopped. */
    @PreDestroy
    void close() {
        inbox.close();
        stop.countDown();
        try {
            thread.join(LAST_TURN);
            standbys.end(LAST_TURN);
            fleet.leave();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (int turn = 0; !stop.await(TURN.toMillis(), TimeUnit.MILLISECONDS); turn++) {
                if (tried("beginning", this::open)) {
                    turn(turn);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn(int turn) {
        boolean isUpkeep = turn % TURNS_TO_UPKEEP == 0;
        if (turn % TURNS_TO_MODES == 0 && tried("reading modes", modes::reload)) {
            published = false;
        }
        if ((!published && turn % TURNS_TO_MODES == 0) || isUpkeep) {
            published = tried("publishing modes", publisher::publish);
        }
        if (isUpkeep || !fleet.keepsStandbys()) {
            // Who has just begun to lead takes over at once: until then nobody keeps standbys.
            tried("taking over servers", fleet::adopt);
        }
        tried("watching servers", fleet::sweep);
        if (bus.isConnected() && fleet.keepsStandbys()) {
            // Before that, no server could say that it is ready, and each one would count as failed.
            tried("keeping standbys", standbys::keep);
        }
    }

    private static boolean tried(String what, Chore chore) {
        try {
            return chore.run();
        } catch (Exception e) {
            LOG.error("a chore failed; it is tried again chore={}", what, e);
            return false;
        }
    }

    @FunctionalInterface
    private interface Chore {
        boolean run();
    }
}

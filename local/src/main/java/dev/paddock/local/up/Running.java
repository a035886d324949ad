package dev.paddock.local.up;

import dev.paddock.local.server.ChildProcess;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The parts that run now: tells when one ends by itself, and ends all in the order of {@link Part}. */
final class Running {
    private final Map<Part, ChildProcess> processes = new EnumMap<>(Part.class);
    private final BlockingQueue<ChildProcess> deaths = new LinkedBlockingQueue<>();
    private final Screen screen;
    private volatile boolean stopping;

    Running(Screen screen) {
        this.screen = screen;
    }

    void add(Part part, ChildProcess process) {
        synchronized (processes) {
            processes.put(part, process);
        }
        process.onExit(this::ended);
    }

    private void ended(ChildProcess process) {
        if (!stopping) {
            deaths.add(process);
        }
    }

    /** Waits until a part ends by itself. */
    ChildProcess awaitDeath() throws InterruptedException {
        return deaths.take();
    }

    /** One that ended by itself, if there is one. */
    Optional<ChildProcess> death() {
        return Optional.ofNullable(deaths.peek());
    }

    void stopAll() {
        stopping = true;
        Map<Part, ChildProcess> left;
        synchronized (processes) {
            left = new EnumMap<>(processes);
            processes.clear();
        }
        left.forEach((part, process) -> {
            Instant since = screen.now();
            process.stop(part.grace());
            screen.stopped(part, since);
        });
    }
}

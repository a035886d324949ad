package dev.paddock.director.fault;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a director does to the world outside passes here, before and after: each write to the API server, each request,
 * answer and KV entry on NATS, by its kind. A test learns all kinds from the log, and lets a director die at each.
 */
@Singleton
public final class FaultPoints {
    /** As a shell says it of a process that was killed. */
    private static final int KILLED = 137;

    private static final Logger LOG = LoggerFactory.getLogger(FaultPoints.class);

    private final FaultSettings settings;
    private final Runnable death;
    private final Set<String> reached = ConcurrentHashMap.newKeySet();

    @Inject
    FaultPoints(FaultSettings settings) {
        this(settings, () -> Runtime.getRuntime().halt(KILLED));
    }

    FaultPoints(FaultSettings settings, Runnable death) {
        this.settings = settings;
        this.death = death;
        if (settings.faultPoint() != null) {
            LOG.warn("for a test, this director will die point=\"{}\"", settings.faultPoint());
        }
    }

    /** @param write its kind, without names: {@code POST pods}, {@code REQUEST server.*.assign} */
    public void before(String write) {
        reach("before " + write);
    }

    /** It was done. */
    public void after(String write) {
        reach("after " + write);
    }

    private void reach(String point) {
        if (settings.faultLog() != null && reached.add(point)) {
            note(point, Path.of(settings.faultLog()));
        }
        if (point.equals(settings.faultPoint())) {
            LOG.warn("for a test, this director dies point=\"{}\"", point);
            death.run();
        }
    }

    private static void note(String point, Path file) {
        try {
            Files.writeString(file, point + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Set paddock.director.fault-log to a file that can be written, not " + file, e);
        }
    }
}

package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Directors die at each kind of write that there is, to the API server and to NATS, and others are started in their place, as
 * Kubernetes would. Which kinds there are, the directors themselves say: a new one is tried without a word in here.
 *
 * <p>Two directors run at a time, each on its way to a death of its own, and die after a write: before the next one is the
 * same to whoever comes after. So many take long, and each run picks {@link #PICKED} of them, by a seed that it logs. With
 * {@code -Dpaddock.e2e.all=true} they die before and after each, nobody else is there, and after each all is put right before
 * the next one dies; {@code -Dpaddock.e2e.points=} a regular expression: only at those in which it is found.
 */
@Tag("cluster")
@ExtendWith(SharedPlatform.class)
class FaultPointsE2E {
    private static final Logger LOG = LoggerFactory.getLogger(FaultPointsE2E.class);
    private static final boolean ALL = Boolean.getBoolean("paddock.e2e.all");
    private static final Pattern POINTS = Pattern.compile(System.getProperty("paddock.e2e.points", ""));

    /** Also while another director leads, and makes the writes that only a leader makes. */
    private static final Duration REACHED = Duration.ofMinutes(3);

    private static final int KILLED = 137;
    private static final int PICKED = 8;

    /** Those that come last in what is learnt: a match on a standby, one that loses its server, and what is done with ended servers. */
    private static final List<String> RARE = List.of(
            "after REQUEST match.*.ended",
            "after REQUEST match.*.failed",
            "after REQUEST server.*.assign",
            "after REQUEST server.*.retire",
            "after PATCH gameservers",
            "after PATCH pods",
            "after DELETE pods",
            "after DELETE gameservers",
            "after DELETE KV modes");

    private static final List<String> MODES = List.of(ClusterPlatform.MODE, Unrest.COLD, Unrest.DOOMED, Unrest.PASSING);

    private final ClusterPlatform platform;
    private final Unrest unrest;
    private final Path seen;

    FaultPointsE2E(ClusterPlatform platform) {
        this.platform = platform;
        this.unrest = new Unrest(platform);
        this.seen = platform.folder().resolve("points.txt");
    }

    @Test
    void whereverADirectorDiesTheNextOneGoesOnAndNobodyIsForgotten() throws InterruptedException {
        platform.apply(1);
        platform.apply(Unrest.COLD, 0, GameServerImage.NAME);
        platform.apply(Unrest.DOOMED, 0, GameServerImage.NAME);
        learn();

        if (ALL) {
            dieAtEach();
        } else {
            dieAtSome();
        }

        try (DirectorProcess last = start(Map.of())) {
            awaitAllIsPutRight();
            platform.deleteModes();
            Orphans.awaitNone(platform, 0);
            await("players are offered no mode that is gone")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> MODES.stream().noneMatch(platform::offers));
            assertThat(last.isAlive()).isTrue();
        }
    }

    private void learn() {
        try (DirectorProcess director = start(Map.of("paddock.director.fault-log", seen.toString()))) {
            await("each kind of write was made; the director's log: " + director.logFile())
                    .atMost(REACHED)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        unrest.stir();
                        return reached().containsAll(RARE);
                    });
        }
    }

    /** Also at those that are met only on the way. */
    private void dieAtEach() {
        Set<String> tried = new HashSet<>();
        for (String next = untried(tried); next != null; next = untried(tried)) {
            dieAt(next);
            tried.add(next);
            try (DirectorProcess healer = start(Map.of("paddock.director.fault-log", seen.toString()))) {
                awaitAllIsPutRight();
                assertThat(healer.isAlive()).as("after %s", next).isTrue();
            }
        }
        LOG.info("directors have died points={}", tried.size());
    }

    private @Nullable String untried(Set<String> tried) {
        return reached().stream()
                .filter(point -> POINTS.matcher(point).find() && !tried.contains(point))
                .findFirst()
                .orElse(null);
    }

    private void awaitAllIsPutRight() {
        unrest.everybodyWasTold();
        Orphans.awaitNone(platform, 1);
    }

    private static List<String> picked(List<String> points) {
        long seed = Long.getLong("paddock.e2e.seed", System.nanoTime());
        List<String> after = new ArrayList<>(
                points.stream().filter(point -> point.startsWith("after ")).toList());
        Collections.shuffle(after, new Random(seed));
        List<String> picked = after.subList(0, Math.min(PICKED, after.size()));
        LOG.info("directors die seed={} of={} at={}", seed, after.size(), picked);
        return picked;
    }

    private void dieAtSome() throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<?>> deaths = new ArrayList<>();
            picked(reached()).forEach(point -> deaths.add(threads.submit(() -> dieAt(point))));
            for (Future<?> death : deaths) {
                death.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("a director did not die where it should", e);
        }
    }

    private void dieAt(String point) {
        long from = System.nanoTime();
        try (DirectorProcess director =
                start(Map.of("paddock.director.fault-point", point, "paddock.director.fault-log", seen.toString()))) {
            await("a director dies " + point + "; its log: " + director.logFile())
                    .atMost(REACHED)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        unrest.stir();
                        return !director.isAlive();
                    });
            assertThat(director.exitCode()).as(director.log()).isEqualTo(KILLED);
        }
        LOG.info("a director died point=\"{}\" tookMs={}", point, (System.nanoTime() - from) / 1_000_000);
    }

    /** Without waiting until the lease of a dead one is over; if one leads, two do for a moment. */
    private DirectorProcess start(Map<String, String> settings) {
        platform.deleteLeases();
        return DirectorProcess.start(platform, settings);
    }

    private List<String> reached() {
        try {
            return Files.exists(seen)
                    ? Files.readAllLines(seen).stream().distinct().toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

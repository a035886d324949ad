package dev.paddock.faults;

import dev.paddock.local.server.ChildProcess;
import dev.paddock.local.server.Ports;
import dev.paddock.local.server.PrivateFiles;
import dev.paddock.local.server.ProcessRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One replica of the manager, a process of its own that can be killed and started again. */
final class ManagerProcess implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(180);

    /** One that cannot start, say because MariaDB is slow, ends, and is started again, as in a cluster. */
    private static final int MOST_TRIES = 5;

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final List<String> KEPT_ENVIRONMENT =
            List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH");

    private final String name;
    private final Path folder;
    private final Program program;
    private final Wire redis;
    private final int port = Ports.free();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private @Nullable ChildProcess process;
    private int starts;

    /** @param folder for its settings, its logs and its pid */
    ManagerProcess(String name, Path folder, Program program, Wire redis) {
        this.name = name;
        this.folder = PrivateFiles.folder(folder);
        this.program = program;
        this.redis = redis;
    }

    String name() {
        return name;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** For faults of one Redis. */
    Link link() {
        Link link = redis.link();
        if (link == null) {
            throw new IllegalStateException("managers talk to each server of a cluster directly");
        }
        return link;
    }

    /** Starts it; {@link #awaitReady} returns when it takes players. */
    synchronized void start(Settings settings) {
        Path config = PrivateFiles.write(folder.resolve("manager.yml"), settings.yaml(port, redis));
        List<String> argv = new ArrayList<>(cleanEnvironment());
        argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        argv.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        // Many of them share a small machine and do not live long: the first compiler is worth more than the second.
        argv.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-XX:+ExitOnOutOfMemoryError"));
        argv.addAll(program.flags());
        argv.addAll(List.of("-Dmicronaut.config.files=" + config.toAbsolutePath(), "-cp", program.classPath()));
        argv.add("dev.paddock.manager.ManagerApplication");
        starts++;
        process = ChildProcess.start(
                new ChildProcess.Command(name, argv, folder, log(), null), new ProcessRecords(folder.resolve("pids")));
    }

    /** Whether the process that runs now has written this to its log. */
    synchronized boolean hasLogged(String text) {
        try {
            return new String(Files.readAllBytes(log()), StandardCharsets.UTF_8).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException("the log of " + name + " cannot be read", e);
        }
    }

    void awaitReady(Settings settings) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url().resolve("/health/readiness"))
                .timeout(Duration.ofSeconds(2))
                .build();
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        int tries = 1;
        while (!isReady(request)) {
            if (process().endedWithin(LOOK)) {
                if (++tries > MOST_TRIES) {
                    throw process().died();
                }
                start(settings);
            }
            if (System.nanoTime() > deadline) {
                throw process().failed(name + " was not ready within " + READY_WITHIN.toSeconds() + " s");
            }
        }
    }

    synchronized ChildProcess process() {
        if (process == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return process;
    }

    @Override
    public synchronized void close() {
        if (process != null && process.isAlive()) {
            Signal.CONT.to(process);
            process.stop(Duration.ofSeconds(5));
        }
        Link link = redis.link();
        if (link != null) {
            link.close();
        }
    }

    private Path log() {
        return folder.resolve("manager-" + starts + ".log");
    }

    private boolean isReady(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> cleanEnvironment() {
        Map<String, String> kept = new TreeMap<>(System.getenv());
        kept.keySet().retainAll(KEPT_ENVIRONMENT);
        List<String> env = new ArrayList<>(List.of("env", "-i"));
        kept.forEach((key, value) -> env.add(key + "=" + value));
        return env;
    }
}

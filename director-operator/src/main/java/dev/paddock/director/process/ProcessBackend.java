package dev.paddock.director.process;

import dev.paddock.director.DirectorSettings;
import dev.paddock.director.backend.Backend;
import dev.paddock.director.backend.Launch;
import dev.paddock.director.backend.LaunchException;
import dev.paddock.director.backend.Packing;
import dev.paddock.director.backend.Placement;
import dev.paddock.director.backend.ServerExit;
import dev.paddock.director.bus.NatsSettings;
import dev.paddock.director.key.PublicKey;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.server.ServerConfig;
import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Game servers as child processes of this machine, each with a folder of its own ({@code PADDOCK_DIR}). They outlive a
 * director that is killed: the next one, or another on the same {@code state-dir}, takes them over by their records.
 */
@Singleton
@Requires(property = "paddock.director.backend", value = "process", defaultValue = "process")
public final class ProcessBackend implements Backend, AutoCloseable {
    /** What of our environment a server gets: where programs and temporary files are. None of our settings. */
    private static final List<String> ENVIRONMENT = List.of("PATH", "JAVA_HOME", "HOME", "TMPDIR", "LANG", "TZ");

    private static final Duration AFTER_KILL = Duration.ofSeconds(5);
    private static final Duration JUST_MADE = Duration.ofMinutes(1);
    /** More would take the machine from the matches that run on it. */
    private static final int MOST_STARTS = 2;

    private static final Logger LOG = LoggerFactory.getLogger(ProcessBackend.class);

    private final ProcessSettings settings;
    private final DirectorSettings director;
    private final String natsUrl;
    private final InstantSource time;
    private final ServerFiles files;
    private final RandomGenerator random = new SecureRandom();
    private final ServerRecord.Owner self = ServerRecord.Owner.thisProcess();
    private final Map<String, ProcessHandle> mine = new ConcurrentHashMap<>();
    private volatile Consumer<ServerExit> onExit = exit -> {};
    private volatile boolean closing;

    public ProcessBackend(ProcessSettings settings, DirectorSettings director, NatsSettings nats, InstantSource time) {
        this.settings = settings;
        this.director = director;
        this.natsUrl = nats.url();
        this.time = time;
        this.files = new ServerFiles(director.stateFolder());
        settings.portRange();
    }

    @Override
    public Placement start(Launch launch) throws LaunchException {
        if (closing) {
            throw new LaunchException("this director is stopping", null);
        }
        String image = launch.mode().server().image();
        List<String> argv = settings.commandOf(image)
                .orElseThrow(() -> new LaunchException(
                        "no command for image " + image + ": set paddock.director.process.images." + image, null));
        String serverId = launch.serverId();
        Process process;
        try {
            Path folder = write(launch);
            process = run(argv, folder, serverId);
        } catch (IOException e) {
            files.remove(serverId);
            throw new LaunchException("cannot start image " + image + ": " + e.getMessage(), e);
        }
        try {
            files.record(ServerRecord.of(
                    process.toHandle(),
                    serverId,
                    launch.mode().name(),
                    launch.mode().template(),
                    self));
        } catch (IOException e) {
            process.destroyForcibly();
            files.remove(serverId);
            throw new LaunchException("cannot record server " + serverId + ": " + e.getMessage(), e);
        }
        mine.put(serverId, process.toHandle());
        Thread.startVirtualThread(() -> awaitExit(serverId, process));
        return placement(
                serverId,
                launch.mode().name(),
                launch.mode().template(),
                launch.key().publicPem(),
                true);
    }

    /** A new one each time: two directors with a folder each would give one name to two servers. */
    @Override
    public String nameOfColdStart(String matchId, int attempt) {
        return Id.next(random);
    }

    @Override
    public int maxServers() {
        return settings.maxServers();
    }

    /** There is one machine. */
    @Override
    public Packing packing() {
        return Packing.PACK;
    }

    @Override
    public boolean hasRead() {
        return true;
    }

    @Override
    public int mostStarts() {
        return MOST_STARTS;
    }

    @Override
    public boolean outlivesDirectors() {
        return false;
    }

    /** Each director its own. */
    @Override
    public boolean keepsStandbys() {
        return true;
    }

    @Override
    public Optional<Placement> find(String serverId) {
        return files.recordOf(serverId)
                .filter(record -> record.process().isPresent())
                .flatMap(record -> files.publicKey(serverId)
                        .map(key -> placement(
                                serverId, record.mode(), record.template(), key, mine.containsKey(serverId))));
    }

    @Override
    public List<Placement> adopt() {
        List<Placement> adopted = new ArrayList<>();
        try {
            for (ServerRecord record : files.records()) {
                if (!mine.containsKey(record.serverId()) && !record.owner().isAlive()) {
                    adopt(record).ifPresent(adopted::add);
                }
            }
            for (String serverId : files.strays(time.instant().minus(JUST_MADE))) {
                files.remove(serverId);
            }
        } catch (IOException e) {
            LOG.warn("cannot look for servers that were left behind why={}", e.toString());
        }
        return adopted;
    }

    @Override
    public void stop(String serverId) {
        ProcessHandle process = mine.get(serverId);
        if (process != null) {
            end(process);
        }
    }

    /** A process has no node that could go without it. */
    @Override
    public void onMoved(Consumer<Placement> listener) {
        // This machine takes servers for as long as it runs.
    }

    @Override
    public void onExit(Consumer<ServerExit> listener) {
        onExit = listener;
    }

    /**
     * The servers without a match have gone by now. Those with one stay for the next director; or, with
     * {@code stop-servers-on-exit}, are killed: asked politely they would play on, with nobody to hear their result.
     */
    @Override
    @PreDestroy
    public void close() {
        closing = true;
        if (settings.stopServersOnExit()) {
            mine.values().forEach(ProcessHandle::destroyForcibly);
            mine.values().forEach(process -> isGone(process, AFTER_KILL));
        }
        mine.forEach((serverId, process) -> {
            if (!process.isAlive()) {
                files.remove(serverId);
            }
        });
    }

    private Optional<Placement> adopt(ServerRecord record) throws IOException {
        String serverId = record.serverId();
        Optional<ProcessHandle> process = record.process();
        Optional<String> key = files.publicKey(serverId);
        if (process.isEmpty() || key.isEmpty()) {
            process.ifPresent(this::end);
            files.remove(serverId);
            LOG.info("cleared up after a server serverId={} pid={}", serverId, record.pid());
            return Optional.empty();
        }
        files.record(record.ownedBy(self));
        mine.put(serverId, process.get());
        Thread.startVirtualThread(() -> awaitExit(serverId, process.get()));
        LOG.info("took over a server serverId={} mode={} pid={}", serverId, record.mode(), record.pid());
        return Optional.of(placement(serverId, record.mode(), record.template(), key.get(), true));
    }

    private Path write(Launch launch) throws IOException {
        Path folder = files.create(launch.serverId());
        ServerConfig config = new ServerConfig(
                launch.serverId(),
                launch.mode().name(),
                director.requiredRegion(),
                natsUrl,
                settings.bind(),
                settings.portRange());
        ServerFiles.write(folder.resolve("server.json"), Json.text(config));
        ServerFiles.write(folder.resolve("key.pem"), launch.key().privatePem());
        ServerFiles.write(folder.resolve("public.pem"), launch.key().publicPem());
        if (launch.credentials().isPresent()) {
            ServerFiles.write(folder.resolve("nats.creds"), launch.credentials().get());
        }
        if (launch.assignment().isPresent()) {
            ServerFiles.write(
                    folder.resolve("assignment.json"),
                    Json.text(launch.assignment().get()));
        }
        return folder;
    }

    private Process run(List<String> argv, Path folder, String serverId) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(files.log(serverId).toFile());
        // Our environment may hold passwords, and a server is the part that strangers talk to.
        builder.environment().keySet().retainAll(ENVIRONMENT);
        builder.environment().put("PADDOCK_DIR", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private Placement placement(String serverId, String mode, String template, String publicPem, boolean isMine) {
        return new Placement(
                serverId, mode, template, director.nodeAddress(), List.of(PublicKey.of(publicPem)), false, isMine);
    }

    private void awaitExit(String serverId, Process process) {
        try {
            int code = process.waitFor();
            gone(serverId, code == 0, "exit code " + code);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitExit(String serverId, ProcessHandle process) {
        process.onExit().join();
        // Nobody but its parent gets an exit code; "well" gives its last words the time to arrive.
        gone(serverId, true, "exit code unknown, it was taken over");
    }

    private void gone(String serverId, boolean clean, String how) {
        files.remove(serverId);
        mine.remove(serverId);
        onExit.accept(new ServerExit(serverId, clean, how + ", log " + files.keptLog(serverId)));
    }

    private void end(ProcessHandle process) {
        process.destroy();
        if (!isGone(process, settings.stopWithin())) {
            LOG.warn("a server did not end in time, killing it pid={}", process.pid());
            process.destroyForcibly();
            isGone(process, AFTER_KILL);
        }
    }

    private static boolean isGone(ProcessHandle process, Duration within) {
        try {
            process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new UncheckedIOException("cannot wait for process " + process.pid(), new IOException(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

package dev.paddock.director.match;

import dev.paddock.director.fleet.Phase;
import dev.paddock.director.fleet.ServerBook;
import dev.paddock.director.fleet.ServerView;
import dev.paddock.local.server.SharedServers;
import dev.paddock.protocol.Json;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A whole director in this JVM, on the shared NATS, whose servers are {@link FakeServer} processes. */
final class TestDirector implements AutoCloseable {
    final ApplicationContext context;
    final ServerBook book;

    private TestDirector(ApplicationContext context) {
        this.context = context;
        this.book = context.getBean(ServerBook.class);
    }

    static TestDirector start(String region, Path folder, FakeServer.Behaviour behaviour, int standbys) {
        return start(region, folder, behaviour, standbys, Map.of());
    }

    static TestDirector start(
            String region, Path folder, FakeServer.Behaviour behaviour, int standbys, Map<String, Object> more) {
        Map<String, Object> settings = settings(region, folder, command(behaviour), standbys);
        settings.putAll(more);
        return start(settings);
    }

    static TestDirector start(Map<String, Object> settings) {
        return new TestDirector(ApplicationContext.run(settings));
    }

    /** Of a director whose folders are in {@code folder}, and whose servers {@code command} runs. */
    static Map<String, Object> settings(String region, Path folder, List<String> command, int standbys) {
        return settings(region, folder, command, standbys, SharedServers.nats());
    }

    static Map<String, Object> settings(
            String region, Path folder, List<String> command, int standbys, SharedServers.Nats nats) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("paddock.nats.url", nats.url());
        settings.put("paddock.nats.creds-file", nats.directorCreds().toString());
        settings.put("paddock.director.region", region);
        settings.put("paddock.director.modes-dir", modes(folder, standbys).toString());
        settings.put("paddock.director.state-dir", folder.resolve("state").toString());
        settings.put("paddock.director.account-seed-file", nats.accountSeed().toString());
        settings.put("paddock.director.process.images", Map.of("drag-race", command));
        // A test leaves no process behind.
        settings.put("paddock.director.process.stop-servers-on-exit", true);
        return settings;
    }

    static List<String> command(FakeServer.Behaviour behaviour) {
        return java(FakeServer.class.getName(), behaviour.name());
    }

    /** The game server that players get. */
    static List<String> dragRace() {
        return java("dev.paddock.dragrace.DragRaceServer");
    }

    /** A JVM with this one's class path. */
    static List<String> java(String... mainAndArguments) {
        List<String> argv = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
        argv.addAll(List.of(mainAndArguments));
        return argv;
    }

    /** The example's mode, with another number of standbys. */
    static Path modes(Path folder, int standbys) {
        try {
            Path modes = Files.createDirectories(folder.resolve("modes"));
            Path example = Path.of("..", "examples", "game-modes", "drag-race.yaml");
            Files.writeString(
                    modes.resolve("drag-race.yaml"),
                    Files.readString(example).replace("min: 1 ", "min: " + standbys + " "));
            return modes;
        } catch (IOException e) {
            throw new AssertionError("cannot write mode files", e);
        }
    }

    /** Writes the mode's file again, with one text in place of another. */
    static void changeMode(Path folder, String from, String to) throws IOException {
        Path file = folder.resolve("modes").resolve("drag-race.yaml");
        String before = Files.readString(file);
        if (!before.contains(from)) {
            throw new AssertionError("the mode does not say: " + from);
        }
        Files.writeString(file, before.replace(from, to));
    }

    void awaitStandbys(int count) {
        Awaitility.await(count + " standby servers")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> standbys().size() == count);
    }

    List<String> standbys() {
        return book.mine().stream()
                .filter(server -> server.phase() == Phase.STANDBY)
                .map(ServerView::serverId)
                .toList();
    }

    /** What a director that is killed does not do any more. */
    static void endServers(Path folder) throws IOException {
        servers(folder).forEach(ProcessHandle::destroyForcibly);
    }

    /** The processes that are recorded in the state of a director. */
    static List<ProcessHandle> servers(Path folder) throws IOException {
        List<ProcessHandle> servers = new ArrayList<>();
        if (!Files.exists(folder.resolve("state").resolve("pids"))) {
            return servers;
        }
        try (Stream<Path> records = Files.list(folder.resolve("state").resolve("pids"))) {
            for (Path record :
                    records.filter(file -> file.toString().endsWith(".json")).toList()) {
                long pid =
                        Json.newMapper().readTree(record.toFile()).path("pid").asLong();
                ProcessHandle.of(pid).ifPresent(servers::add);
            }
        }
        return servers;
    }

    long pidOf(String serverId) throws IOException {
        Path record =
                stateOf(serverId).resolve("../../pids/" + serverId + ".json").normalize();
        return Json.newMapper().readTree(record.toFile()).path("pid").asLong();
    }

    Path stateOf(String serverId) {
        String state = Objects.requireNonNull(
                context.getProperty("paddock.director.state-dir", String.class).orElse(null));
        return Path.of(state).resolve("servers").resolve(serverId);
    }

    @Override
    public void close() {
        context.close();
    }
}

package dev.paddock.local.up;

import dev.paddock.local.keys.Secrets;
import dev.paddock.local.server.ChildProcess;
import dev.paddock.local.server.Ports;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts the parts in the order that the drawing of this package shows, everything at once that can be at once, and
 * says of each how long it took.
 */
final class Platform {
    /**
     * What a platform is asked to be.
     *
     * @param modes folder of the modes, for game servers that are processes
     * @param cluster where they are pods; null: they are processes
     * @param director whether one is started
     */
    record Wish(int port, String region, Path modes, PodServers.@Nullable Cluster cluster, boolean director) {
        String url() {
            return "http://127.0.0.1:" + port;
        }
    }

    private final Wish wish;
    private final DataFolder data;
    private final Secrets secrets;
    private final Services services;
    private final Running running;
    private final Screen screen;
    private final Probe probe = new Probe();
    private final int inventoryPort = Ports.free();
    private final int directorPort = Ports.free();

    Platform(Wish wish, DataFolder data, Secrets secrets, Services services, Running running, Screen screen) {
        this.wish = wish;
        this.data = data;
        this.secrets = secrets;
        this.services = services;
        this.running = running;
        this.screen = screen;
    }

    /** Returns when a player could play. */
    void start(Servers servers, Lanes lanes) {
        // Before anything runs at the same time: two lanes read it.
        Path token = secrets.serviceToken();
        // In a cluster they are whatever its admin has applied, maybe nothing yet.
        List<String> modes = wish.cluster() == null && wish.director() ? ModeNames.in(wish.modes()) : List.of();

        Lanes.Lane<Addresses.Redis> redis = lanes.start("redis", Addresses.Redis.class, servers::redis);
        Lanes.Lane<Addresses.Nats> nats = lanes.start("nats", Addresses.Nats.class, servers::nats);
        Lanes.Lane<Addresses.Mysql> mysql = lanes.start("mariadb", Addresses.Mysql.class, servers::mysql);
        Lanes.Lane<Services.CommandLine> dragRace =
                lanes.start("game-server", Services.CommandLine.class, services::dragRace);
        lanes.start("director", Part.class, () -> director(nats.await(), dragRace.await()));
        lanes.start("inventory", Part.class, () -> inventory(mysql.await(), token));
        lanes.start(
                "game-manager", Part.class, () -> manager(mysql.await(), redis.await(), nats.await(), token, modes));
        lanes.awaitAll(screen);
    }

    private Part inventory(Addresses.Mysql mysql, Path token) {
        String yaml = ServiceFiles.inventory(inventoryPort, mysql.inventory(), token);
        Instant since = screen.now();
        ChildProcess process =
                services.start(Part.INVENTORY, "inventory", "dev.paddock.inventory.InventoryApplication", yaml);
        return whenReady(Part.INVENTORY, process, inventoryPort, since);
    }

    private Part director(Addresses.Nats nats, Services.CommandLine dragRace) {
        var settings = new ServiceFiles.Director(
                directorPort,
                wish.region(),
                wish.url() + "/health/liveness",
                data.director(),
                wish.cluster() == null
                        ? new ServiceFiles.Processes(wish.modes(), dragRace.argv())
                        : new ServiceFiles.Pods(wish.cluster()));
        String yaml = ServiceFiles.director(settings, nats);
        if (!wish.director()) {
            screen.say("  No director is started. The settings of one: " + services.configure(Part.DIRECTOR, yaml));
            return Part.DIRECTOR;
        }
        Instant since = screen.now();
        ChildProcess process =
                services.start(Part.DIRECTOR, "director-operator", "dev.paddock.director.DirectorApplication", yaml);
        return whenReady(Part.DIRECTOR, process, directorPort, since);
    }

    private Part manager(
            Addresses.Mysql mysql, Addresses.Redis redis, Addresses.Nats nats, Path token, List<String> modes) {
        var settings = new ServiceFiles.Manager(
                wish.port(), secrets.signingKey(), "http://127.0.0.1:" + inventoryPort, token, secrets.adminToken());
        Instant since = screen.now();
        ChildProcess process = services.start(
                Part.GAME_MANAGER,
                "game-manager",
                "dev.paddock.manager.ManagerApplication",
                ServiceFiles.manager(settings, mysql.manager(), redis, nats));
        Part part = whenReady(Part.GAME_MANAGER, process, wish.port(), since);
        // It learns them from the director, over NATS.
        probe.await(
                process,
                wish.url() + "/v1/modes",
                body -> modes.stream().allMatch(mode -> body.contains("\"" + mode + "\"")));
        return part;
    }

    private Part whenReady(Part part, ChildProcess process, int port, Instant since) {
        running.add(part, process);
        probe.await(process, "http://127.0.0.1:" + port + "/health/readiness", body -> true);
        screen.ready(part, since, "127.0.0.1:" + port);
        return part;
    }
}

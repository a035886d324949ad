package dev.paddock.faults;

import dev.paddock.local.server.MysqlDatabase;
import dev.paddock.local.server.MysqlServer;
import dev.paddock.local.server.NatsAuthority;
import dev.paddock.local.server.NatsServer;
import dev.paddock.local.server.PrivateFiles;
import dev.paddock.local.server.ProcessRecords;
import dev.paddock.local.server.RedisCluster;
import dev.paddock.local.server.ServerHome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real servers and managers of a run, each a process of its own that can be broken and mended. */
final class Stage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Stage.class);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration TO_WRITE_CACHE = Duration.ofSeconds(120);

    /** Training takes as long as it saves in about so many faults. */
    private static final int WORTH_TRAINING = 15;

    private final Wish wish;
    private final NatsAuthority authority;
    private final RunningRedis redis;
    private final MysqlServer mysql;
    private final List<ManagerProcess> managers = new ArrayList<>();
    private final Settings settings;
    private NatsServer nats;

    private Stage(Wish wish, SecureRandom random) {
        this.wish = wish;
        Path secrets = PrivateFiles.folder(wish.folder().resolve("secrets"));
        this.authority = NatsAuthority.in(secrets.resolve("nats"), random);
        this.redis = RunningRedis.start(wish, home("redis"), PrivateFiles.secret(secrets.resolve("redis"), random));
        this.nats = NatsServer.start(home("nats"), 0, authority);
        String password = PrivateFiles.secret(secrets.resolve("manager"), random);
        this.mysql = MysqlServer.start(
                home("mariadb"),
                0,
                PrivateFiles.secret(secrets.resolve("root"), random),
                List.of(new MysqlDatabase.Wanted("paddock_manager", "manager", password)));
        PrivateFiles.secret(secrets.resolve("service-token"), random);
        this.settings = new Settings(
                mysql.databases().getFirst(),
                nats.url(),
                authority.managerCreds(),
                secrets.resolve("signing-key.pem"),
                secrets.resolve("service-token"));
    }

    /** Redis, NATS and MariaDB; no manager yet. */
    static Stage set(Wish wish, SecureRandom random) {
        PrivateFiles.folder(wish.folder());
        return new Stage(wish, random);
    }

    /** Returns when all of them take players. */
    void startManagers() throws InterruptedException {
        Plant plant = wish.plant();
        String classPath =
                plant == null ? wish.classPath() : plant.jarIn(wish.folder()) + File.pathSeparator + wish.classPath();
        Program program = new Program(classPath, List.of());
        if (wish.faults() >= WORTH_TRAINING) {
            program = trained(program);
        }
        for (int number : IntStream.rangeClosed(1, wish.managers()).toArray()) {
            ManagerProcess manager = manager("manager-" + number, program);
            managers.add(manager);
            manager.start(settings);
        }
        for (ManagerProcess manager : managers) {
            manager.awaitReady(settings);
        }
    }

    /** The first start of all is for the cache that makes every later one cost less than half. */
    private Program trained(Program program) throws InterruptedException {
        Path cache = wish.folder().resolve("manager.aot");
        try (ManagerProcess training = manager("training", program.training(cache))) {
            training.start(settings);
            training.awaitReady(settings);
            training.process().stop(TO_WRITE_CACHE);
        }
        if (Files.exists(cache)) {
            return program.trained(cache);
        }
        LOG.warn("managers start slowly: no cache was written");
        return program;
    }

    private ManagerProcess manager(String name, Program program) {
        return new ManagerProcess(name, wish.folder().resolve(name), program, redis.wire());
    }

    Settings settings() {
        return settings;
    }

    List<ManagerProcess> managers() {
        return List.copyOf(managers);
    }

    RunningRedis redis() {
        return redis;
    }

    /** For faults of one Redis. */
    RunningRedis.One oneRedis() {
        if (redis instanceof RunningRedis.One one) {
            return one;
        }
        throw new IllegalStateException("this run is on a cluster");
    }

    /** For faults of a cluster. */
    RedisCluster cluster() {
        if (redis instanceof RunningRedis.Clustered(RedisCluster cluster)) {
            return cluster;
        }
        throw new IllegalStateException("this run is on one Redis");
    }

    NatsServer nats() {
        return nats;
    }

    MysqlServer mysql() {
        return mysql;
    }

    Path directorCreds() {
        return authority.directorCreds();
    }

    void startNats() {
        nats = NatsServer.start(home("nats"), nats.port(), authority);
    }

    /** Ends what a run that was interrupted has started in that folder. */
    static void endLeftovers(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> parts = Files.list(folder)) {
            parts.parallel().forEach(part -> new ProcessRecords(part.resolve("pids")).endLeftovers(GRACE));
        } catch (IOException e) {
            LOG.warn("what runs in the folder is not ended folder={}", folder, e);
        }
    }

    @Override
    public void close() {
        // Managers first: they say good-bye to the servers.
        Thread[] closing = managers.stream()
                .map(manager -> Thread.ofVirtual().start(manager::close))
                .toArray(Thread[]::new);
        for (Thread thread : closing) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        for (AutoCloseable server : List.<AutoCloseable>of(redis, nats, mysql)) {
            try {
                server.close();
            } catch (Exception e) {
                LOG.warn("a server did not stop well", e);
            }
        }
    }

    private ServerHome home(String name) {
        return ServerHome.in(wish.folder().resolve(name), what -> LOG.info("{}: {}", name, what));
    }
}

package dev.paddock.local.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For tests: one Redis, one NATS and one MySQL-protocol server for this JVM, each started by the first test that asks
 * for it, ended when the JVM ends. The next run ends what a killed JVM left behind.
 *
 * <p>They are shared, so take a database of your own: {@link #redisDatabase()} and {@link #mysqlDatabase(String)} never
 * return the same one twice. On NATS, use ids of your own in subjects.
 */
public final class SharedServers {
    private static final Logger LOG = LoggerFactory.getLogger(SharedServers.class);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final AtomicInteger NEXT_REDIS = new AtomicInteger();
    private static final AtomicInteger NEXT_MYSQL = new AtomicInteger();

    private SharedServers() {}

    /** How to reach the shared NATS, and as whom. */
    public record Nats(String url, Path managerCreds, Path directorCreds, Path accountSeed) {}

    /** Address with password of a Redis database that no other caller in this JVM got; the first {@link RedisServer#DATABASES} callers only. */
    public static URI redisDatabase() {
        int database = NEXT_REDIS.getAndIncrement();
        if (database >= RedisServer.DATABASES) {
            throw new IllegalStateException("this JVM has asked for more than " + RedisServer.DATABASES
                    + " Redis databases: flush one between tests instead");
        }
        return redis().uri(database);
    }

    public static RedisServer redis() {
        return Redis.SERVER;
    }

    public static Nats nats() {
        NatsAuthority authority = NatsHolder.AUTHORITY;
        return new Nats(
                NatsHolder.SERVER.url(), authority.managerCreds(), authority.directorCreds(), authority.accountSeed());
    }

    /**
     * A new, empty database, and a user who has rights on it alone.
     *
     * @param purpose part of its name: lower-case letters and digits
     */
    public static MysqlDatabase mysqlDatabase(String purpose) {
        int number = NEXT_MYSQL.incrementAndGet();
        String name = "t" + number + "_" + purpose;
        var wanted = new MysqlDatabase.Wanted(name, name, newSecret());
        try (Connection root = Mysql.asRoot();
                Statement statement = root.createStatement()) {
            for (String sql : wanted.statements().lines().toList()) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot make database " + name, e);
        }
        return wanted.at(Mysql.SERVER.port());
    }

    private static String newSecret() {
        return Long.toHexString(RANDOM.nextLong(Long.MAX_VALUE)) + Long.toHexString(RANDOM.nextLong(Long.MAX_VALUE))
                + "0123456789";
    }

    private static ServerHome home(String name) {
        return ServerHome.in(Root.FOLDER.resolve(name), what -> LOG.info("{}: {}", name, what));
    }

    // Holders, so that the JVM starts each server once and on first use.

    private static final class Redis {
        static final RedisServer SERVER = RedisServer.start(home("redis"), 0, newSecret());
    }

    private static final class NatsHolder {
        static final NatsAuthority AUTHORITY = NatsAuthority.in(Root.FOLDER.resolve("nats-keys"), RANDOM);
        static final NatsServer SERVER = NatsServer.start(home("nats"), 0, AUTHORITY);
    }

    private static final class Mysql {
        static final String ROOT_PASSWORD = newSecret();
        static final MysqlServer SERVER = MysqlServer.start(home("mysql"), 0, ROOT_PASSWORD, List.of());

        static Connection asRoot() throws SQLException {
            return DriverManager.getConnection(
                    "jdbc:mysql://127.0.0.1:" + SERVER.port() + "/?sslMode=DISABLED", "root", ROOT_PASSWORD);
        }
    }

    /** This JVM's folder; locked while the JVM lives, which is how the next one knows what was left behind. */
    private static final class Root {
        static final Path ALL =
                Path.of(System.getProperty("java.io.tmpdir"), "paddock-tests-" + System.getProperty("user.name"));
        static final Path FOLDER = create();

        private static Path create() {
            try {
                PrivateFiles.folder(ALL);
                sweep();
                Path folder = Files.createTempDirectory(ALL, "jvm-");
                FileLock lock = lock(folder);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> close(folder, lock), "shared-servers"));
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot make a folder for test servers in " + ALL, e);
            }
        }

        private static FileLock lock(Path folder) throws IOException {
            FileChannel channel = FileChannel.open(
                    folder.resolve("lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new IOException("in use: " + folder);
            }
            return lock;
        }

        private static void sweep() throws IOException {
            try (Stream<Path> folders = Files.list(ALL)) {
                for (Path folder : folders.toList()) {
                    if (isAbandoned(folder)) {
                        endAndDelete(folder);
                    }
                }
            }
        }

        /** A folder without a lock file is one that another JVM is just making. */
        private static boolean isAbandoned(Path folder) {
            if (!Files.exists(folder.resolve("lock"))) {
                return false;
            }
            try (FileChannel ours = lock(folder).channel()) {
                return ours.isOpen();
            } catch (IOException e) {
                return false;
            }
        }

        private static void close(Path folder, FileLock lock) {
            try {
                endAndDelete(folder);
                lock.channel().close();
            } catch (IOException e) {
                LOG.warn("test servers' folder is still there folder={} reason={}", folder, e.getMessage());
            }
        }

        private static void endAndDelete(Path folder) throws IOException {
            for (String name : List.of("redis", "nats", "mysql")) {
                new ProcessRecords(folder.resolve(name).resolve("pids")).endLeftovers(GRACE);
            }
            Folders.delete(folder);
        }
    }
}

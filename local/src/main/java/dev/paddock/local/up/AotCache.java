package dev.paddock.local.up;

import dev.paddock.local.server.ChildProcess;
import dev.paddock.local.server.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The AOT cache of a JVM that is started often (JEP 483, 514, 515): its classes loaded and linked, its hot methods known.
 * It is trained once for each version of the program, which takes some seconds, and kept for all data folders.
 *
 * <p>The JVM compares no more than size and time of a jar with those of the training, and would run the old classes of a
 * jar that has the same by chance. So the cache's name is a hash over the contents.
 */
final class AotCache {
    private static final String NAME = "game-server";
    private static final Duration TRAINING_BOUND = Duration.ofMinutes(2);
    private static final Duration KEPT_UNUSED = Duration.ofDays(14);

    private final Path folder;
    private final DataFolder data;
    private final Screen screen;

    AotCache(Path folder, DataFolder data, Screen screen) {
        this.folder = folder;
        this.data = data;
        this.screen = screen;
    }

    /**
     * The flag that names the cache of this program; empty if there could be none: the program then runs without.
     *
     * @param argv java, its flags, class path and main class
     * @param training the argument with which the program goes once through what it does, and ends
     */
    Optional<String> flag(List<String> argv, List<Path> classPath, String training) {
        try {
            PrivateFiles.folder(folder);
            Path cache = folder.resolve(hash(argv, classPath) + ".aot");
            if (!Files.exists(cache) && !trained(cache, argv, training)) {
                return Optional.empty();
            }
            Files.setLastModifiedTime(cache, FileTime.from(Instant.now()));
            removeUnused();
            return Optional.of("-XX:AOTCache=" + cache);
        } catch (IOException e) {
            screen.say("  %-13s will start slowly: no cache in %s, %s".formatted(NAME, folder, PrivateFiles.reason(e)));
            return Optional.empty();
        }
    }

    private boolean trained(Path cache, List<String> argv, String training) throws IOException {
        Path made = Files.createTempFile(folder, "training", ".new");
        List<String> all = Services.cleanEnvironment();
        all.add(argv.getFirst());
        all.addAll(List.of("-XX:AOTCacheOutput=" + made, "-Xlog:aot=error", "-Xlog:cds=error"));
        all.addAll(argv.subList(1, argv.size()));
        all.add(training);
        screen.say("  %-13s prepared for a quick start, once ...".formatted(NAME));
        var command = new ChildProcess.Command(NAME, all, data.run(), data.log(NAME), null);
        try (ChildProcess child = ChildProcess.start(command, data.records())) {
            if (!child.endedWithin(TRAINING_BOUND) || child.exitCode() != 0 || Files.size(made) == 0) {
                screen.say("  %-13s will start slowly: its training failed, see %s".formatted(NAME, child.log()));
                return false;
            }
            Files.move(made, cache, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } finally {
            Files.deleteIfExists(made);
        }
    }

    private void removeUnused() throws IOException {
        Instant limit = Instant.now().minus(KEPT_UNUSED);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static String hash(List<String> argv, List<Path> classPath) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String program = System.getProperty("java.vm.version") + argv.getFirst() + argv.getLast();
            digest.update(program.getBytes(StandardCharsets.UTF_8));
            for (Path jar : classPath) {
                digest.update(jar.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                // The JVM refuses a cache of a jar with another time, even if nothing else is different.
                digest.update(Files.getLastModifiedTime(jar).toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(jar));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}

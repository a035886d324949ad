package dev.paddock.local.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A {@code nats-server}, which no Maven artifact carries. Tried in this order, each result kept in the cache folder:
 *
 * <pre>
 * on the PATH → in the cache → go install (about 2 minutes, once) → Debian's package, unpacked without installing it
 * </pre>
 */
final class NatsBinary {
    private static final Duration BUILD_BOUND = Duration.ofMinutes(15);
    private static final Duration APT_BOUND = Duration.ofMinutes(5);
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(10);
    private static final String VERSION = Programs.version("nats-server");

    private final Path folder;
    private final ServerHome home;
    private final Map<String, String> environment;

    NatsBinary(Path cache, ServerHome home, Map<String, String> environment) {
        this.folder = cache.resolve("bin");
        this.home = home;
        this.environment = environment;
    }

    /** @throws StartFailedException saying what to install, if no way led to a binary */
    Path find() {
        Path built = folder.resolve("nats-server-" + VERSION);
        Path debian = folder.resolve("nats-server-debian");
        return Programs.find("nats-server", environment)
                .or(() -> existing(built))
                .or(() -> existing(debian))
                .or(() -> goInstall(built))
                .or(() -> aptDownload(debian))
                .orElseThrow(() -> new StartFailedException(
                        "There is no nats-server: put one on the PATH (https://nats.io/download), or install Go"
                                + " so that it can be built, or name a running one with --nats."));
    }

    private static Optional<Path> existing(Path program) {
        return Optional.of(program).filter(Files::isExecutable);
    }

    private Optional<Path> goInstall(Path program) {
        return go().flatMap(go -> inTemporaryFolder(temporary -> {
            say("building nats-server %s with Go, once, about 2 minutes".formatted(VERSION));
            List<String> argv = List.of(
                    "env",
                    "GOBIN=" + temporary,
                    go.toString(),
                    "install",
                    "github.com/nats-io/nats-server/v2@v" + VERSION);
            return run("nats-server-build", argv, temporary, BUILD_BOUND)
                    ? Optional.of(keep(temporary.resolve("nats-server"), program))
                    : Optional.empty();
        }));
    }

    private Optional<Path> go() {
        Path usual = Path.of("/usr/local/go/bin/go");
        return Programs.find("go", environment).or(() -> existing(usual));
    }

    private Optional<Path> aptDownload(Path program) {
        if (Programs.find("apt-get", environment).isEmpty()
                || Programs.find("dpkg", environment).isEmpty()) {
            return Optional.empty();
        }
        return inTemporaryFolder(temporary -> {
            say("getting Debian's nats-server package (unpacked, not installed)");
            List<String> download = List.of("apt-get", "download", "nats-server");
            boolean downloaded = run("nats-server-download", download, temporary, APT_BOUND)
                    || (run("apt-update", List.of("apt-get", "update"), temporary, APT_BOUND)
                            && run("nats-server-download", download, temporary, APT_BOUND));
            if (!downloaded) {
                return Optional.empty();
            }
            List<String> unpack =
                    List.of("dpkg", "-x", downloadedPackage(temporary).toString(), temporary.toString());
            return run("nats-server-unpack", unpack, temporary, APT_BOUND)
                    ? Optional.of(keep(temporary.resolve("usr/sbin/nats-server"), program))
                    : Optional.empty();
        });
    }

    private static Path downloadedPackage(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".deb"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("apt-get download left no package in " + folder));
        }
    }

    private static Path keep(Path made, Path program) throws IOException {
        return Files.move(made, program, StandardCopyOption.ATOMIC_MOVE);
    }

    private boolean run(String name, List<String> argv, Path directory, Duration bound) {
        Path log = home.log().resolveSibling(name + ".log");
        ChildProcess.Command command = new ChildProcess.Command(name, argv, directory, log, null);
        try (ChildProcess child = ChildProcess.start(command, home.records())) {
            for (Duration waited = Duration.ZERO; waited.compareTo(bound) < 0; waited = waited.plus(BETWEEN_REPORTS)) {
                if (child.endedWithin(BETWEEN_REPORTS)) {
                    return succeeded(child);
                }
                say("%s still runs, %d s"
                        .formatted(name, waited.plus(BETWEEN_REPORTS).toSeconds()));
            }
        }
        say("%s gave no result within %d s, see %s".formatted(name, bound.toSeconds(), log));
        return false;
    }

    private boolean succeeded(ChildProcess child) {
        if (child.exitCode() == 0) {
            return true;
        }
        List<String> last = new ArrayList<>(child.lastLines(1));
        say("%s failed: %s (%s)".formatted(child.name(), String.join("", last), child.log()));
        return false;
    }

    private void say(String what) {
        home.progress().accept(what);
    }

    private Optional<Path> inTemporaryFolder(Way way) {
        try {
            PrivateFiles.folder(folder);
            Path temporary = Files.createTempDirectory(folder, "making-");
            try {
                return way.tryIn(temporary);
            } finally {
                Folders.delete(temporary);
            }
        } catch (IOException e) {
            throw new StartFailedException("Cannot get a nats-server: " + PrivateFiles.reason(e) + ".", e);
        }
    }

    /** One way to a binary; empty when it is not open on this machine. */
    @FunctionalInterface
    private interface Way {
        Optional<Path> tryIn(Path temporary) throws IOException;
    }
}

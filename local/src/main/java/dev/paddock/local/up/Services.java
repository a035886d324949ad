package dev.paddock.local.up;

import dev.paddock.local.server.ChildProcess;
import dev.paddock.local.server.PrivateFiles;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Our own services as child JVMs: where their jars are, with which flags and files they are started. */
final class Services {
    /** What JDK 25 would warn about otherwise; the same as in the parent POM. */
    private static final List<String> FLAGS =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    /** Nothing of the user's shell may change what the services were told in their files. */
    private static final List<String> KEPT_ENVIRONMENT =
            List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "XDG_CACHE_HOME", "LD_LIBRARY_PATH");

    private final DataFolder data;
    private final Jars jars;
    private final Path java;
    private final AotCache cache;

    Services(DataFolder data, Jars jars, Path java, AotCache cache) {
        this.data = data;
        this.jars = jars;
        this.java = java;
        this.cache = cache;
    }

    /** Starts the service; it is not ready yet. */
    ChildProcess start(Part part, String module, String mainClass, String yaml) {
        Path config = configure(part, yaml);
        List<String> argv = new ArrayList<>(cleanEnvironment());
        argv.add(java.toString());
        argv.addAll(FLAGS);
        // The second compiler earns its time back in the manager, which is busy, and in the director: without it an RSA
        // key takes 1.4 s of a core that the next match needs, instead of a twentieth of that.
        if (part == Part.INVENTORY) {
            argv.add("-XX:TieredStopAtLevel=1");
        }
        // The platform shares the machine with game servers: small heaps, and no threads of a collector.
        argv.addAll(List.of("-XX:+UseSerialGC", "-Xms32m", "-Xmx256m", "-XX:+ExitOnOutOfMemoryError"));
        argv.addAll(List.of("-Dmicronaut.config.files=" + config, "-cp", joined(jars.classPath(module)), mainClass));
        var command = new ChildProcess.Command(part.label(), argv, data.run(), data.log(part), null);
        return ChildProcess.start(command, data.records());
    }

    /** Writes a service's settings, and answers in which file. */
    Path configure(Part part, String yaml) {
        return PrivateFiles.write(data.run().resolve(part.label() + ".yml"), yaml);
    }

    /** A program with its arguments. */
    record CommandLine(List<String> argv) {
        CommandLine {
            argv = List.copyOf(argv);
        }
    }

    /** How the director starts a game server of the image {@code drag-race}; made ready for a quick start. */
    CommandLine dragRace() {
        List<Path> classPath = jars.classPath("game-server-image");
        List<String> argv = new ArrayList<>(List.of(java.toString()));
        argv.addAll(FLAGS);
        // A race lasts a minute: the first compiler's code is good enough and costs less.
        argv.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"));
        argv.addAll(List.of("-cp", joined(classPath), "dev.paddock.dragrace.DragRaceServer"));
        cache.flag(argv, classPath, "rehearse").ifPresent(flag -> argv.add(1, flag));
        return new CommandLine(argv);
    }

    private static String joined(List<Path> classPath) {
        return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** The start of a command line that keeps little of our environment; more can be added to it. */
    static List<String> cleanEnvironment() {
        Map<String, String> kept = new TreeMap<>(System.getenv());
        kept.keySet().retainAll(KEPT_ENVIRONMENT);
        List<String> env = new ArrayList<>(List.of("env", "-i"));
        kept.forEach((name, value) -> env.add(name + "=" + value));
        return env;
    }
}

package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A director that a test has started, to break it. */
final class DirectorProcess implements AutoCloseable {
    /** Servers that have ended go soon, so that what is left over is seen. */
    private static final Map<String, String> SETTINGS = Map.of(
            "micronaut.server.port", "-1",
            "paddock.director.kubernetes.keep-finished", "5s",
            "paddock.director.start-within", "20s");

    private static final Pattern RUNNING = Pattern.compile("Server Running: (http://\\S+)");
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(30);

    private final Process process;
    private final Path folder;
    private final Path log;

    private DirectorProcess(Process process, Path folder, Path log) {
        this.process = process;
        this.folder = folder;
        this.log = log;
    }

    /** @param settings beside those that the platform has written */
    static DirectorProcess start(ClusterPlatform platform, Map<String, String> settings) {
        Path target =
                Path.of("..", "director-operator", "target").toAbsolutePath().normalize();
        List<String> argv = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        argv.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m"));
        // The first one that ends leaves its classes to all others, which start in half the time.
        Path classes = platform.folder().resolve("director.jsa");
        argv.addAll(List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + classes, "-Xlog:cds=off"));
        argv.add("-Dmicronaut.config.files=" + platform.directorFile());
        SETTINGS.forEach((key, value) -> argv.add("-D" + key + "=" + value));
        settings.forEach((key, value) -> argv.add("-D" + key + "=" + value));
        argv.addAll(List.of("-cp", target.resolve("director-operator.jar") + ":" + target.resolve("lib") + "/*"));
        argv.add("dev.paddock.director.DirectorApplication");
        try {
            Path log = Files.createTempFile(platform.folder(), "director", ".log");
            Process process = new ProcessBuilder(argv)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new DirectorProcess(process, platform.folder(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Until it hears managers and servers. */
    void awaitStarted() {
        await("this director runs").atMost(START).until(() -> log().contains("Server Running: "));
    }

    /** Until it leads: it makes pods from then on. */
    void awaitLead() {
        await("this director leads").atMost(START).until(this::leads);
    }

    boolean leads() {
        return log().lastIndexOf("this director leads term") > log().lastIndexOf("this director leads no more");
    }

    /** Where its health and meters are. */
    String url() {
        Matcher running = RUNNING.matcher(log());
        assertThat(running.find()).as(log()).isTrue();
        return running.group(1);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitCode() {
        return process.exitValue();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path logFile() {
        return log;
    }

    /** Says in its log what the test did to it. */
    void note(String what) {
        try {
            Files.writeString(log, "--- the test: " + what + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGSTOP: it does nothing any more, and its connections stay. */
    void freeze() {
        signal("-STOP");
    }

    /** SIGCONT. */
    void thaw() {
        signal("-CONT");
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM, as a rollout ends one. */
    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    private void signal(String signal) {
        Command.outputOf(folder, END, "kill", signal, Long.toString(process.pid()));
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("a director did not end within " + END + "; its log: " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}

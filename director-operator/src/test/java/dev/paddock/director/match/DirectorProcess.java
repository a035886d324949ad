package dev.paddock.director.match;

import dev.paddock.director.DirectorApplication;
import dev.paddock.protocol.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A whole director in a JVM of its own, which can be killed. */
final class DirectorProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("Server Running: (http://\\S+)");

    private final Process process;
    private final Path log;

    private DirectorProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static DirectorProcess start(Path folder, Map<String, Object> settings) throws IOException {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("micronaut.server.host", "127.0.0.1");
        all.put("micronaut.server.port", -1);
        // JSON is YAML.
        Path file = Files.writeString(folder.resolve("director.yml"), Json.text(all));
        Path log = folder.resolve("director.log");
        List<String> argv = new ArrayList<>(TestDirector.java(DirectorApplication.class.getName()));
        argv.add(1, "-Dmicronaut.config.files=" + file);
        return new DirectorProcess(
                new ProcessBuilder(argv)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    void awaitStandbys(int count) {
        Awaitility.await(count + " standby servers of the director's process")
                .atMost(Duration.ofSeconds(60))
                .until(() -> metrics().contains("paddock_servers{phase=\"standby\"} " + count + ".0"));
    }

    /** The status code of a page; 0 while nobody answers. */
    int status(String page) throws IOException, InterruptedException {
        Matcher address = ADDRESS.matcher(log());
        if (!address.find()) {
            return 0;
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create(address.group(1) + page);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** SIGTERM: it ends as it likes; its exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the director did not end within 30 s");
        }
        return process.exitValue();
    }

    /** SIGKILL: it does nothing any more, and its servers live on. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private String metrics() throws IOException, InterruptedException {
        Matcher address = ADDRESS.matcher(log());
        if (!address.find()) {
            return "";
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI metrics = URI.create(address.group(1) + "/prometheus");
            return client.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}

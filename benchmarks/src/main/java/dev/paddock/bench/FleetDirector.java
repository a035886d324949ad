package dev.paddock.bench;

import dev.paddock.local.server.Ports;
import dev.paddock.local.server.PrivateFiles;
import dev.paddock.local.server.SharedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A director with its operator as it is shipped, a process of its own; and what it says and takes. */
final class FleetDirector implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int TICKS_A_SECOND = 100;

    private final ShippedService service;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final URI meters;

    private FleetDirector(ShippedService service, int port) {
        this.service = service;
        this.meters = URI.create("http://127.0.0.1:" + port + "/prometheus");
    }

    /** @param mostServers for which it has room */
    static FleetDirector start(Path root, Path kubeconfig, String namespace, String region, int mostServers) {
        SharedServers.Nats nats = SharedServers.nats();
        int port = Ports.free();
        try {
            Path folder = PrivateFiles.folder(Files.createTempDirectory("paddock-fleet"));
            Path config = PrivateFiles.write(folder.resolve("director.yml"), """
                    micronaut: {server: {host: 127.0.0.1, port: %d}}
                    paddock:
                      nats: {url: "%s", creds-file: "%s"}
                      director:
                        region: "%s"
                        account-seed-file: "%s"
                        backend: kubernetes
                        start-within: 10m
                        kubernetes: {kubeconfig: "%s", namespace: "%s", max-servers: %d, most-starts: 100}
                    """.formatted(
                            port,
                            nats.url(),
                            nats.directorCreds(),
                            region,
                            nats.accountSeed(),
                            kubeconfig.toAbsolutePath(),
                            namespace,
                            mostServers));
            Path target = root.resolve("director-operator/target").toAbsolutePath();
            List<String> argv = List.of(
                    Path.of(System.getProperty("java.home"), "bin/java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-XX:+UseSerialGC",
                    "-Xmx1g",
                    "-Dmicronaut.config.files=" + config,
                    "-cp",
                    target.resolve("director-operator.jar") + ":" + target.resolve("lib") + "/*",
                    "dev.paddock.director.DirectorApplication");
            return new FleetDirector(ShippedService.start("director", argv, folder), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sum of a meter over all its tags that look like that; 0 as long as it says nothing. */
    double meter(String name, String tags) throws InterruptedException {
        if (!service.process().isAlive()) {
            throw service.process().died();
        }
        Matcher line = Pattern.compile("(?m)^" + name + "(\\{[^}]*" + tags + "[^}]*})? ([0-9.Ee+-]+)$")
                .matcher(text());
        double sum = 0;
        while (line.find()) {
            sum += Double.parseDouble(line.group(2));
        }
        return sum;
    }

    /** Kilobytes, of the process as Linux counts them. */
    long residentKb() {
        return Long.parseLong(status("VmRSS"));
    }

    /** Of all its threads, since it was started. */
    double cpuSeconds() {
        try {
            String stat = Files.readString(Path.of("/proc/" + service.process().pid() + "/stat"));
            // The second field, a name in brackets, may hold blanks.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_A_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        service.close();
    }

    private String status(String field) {
        try (var lines = Files.lines(Path.of("/proc/" + service.process().pid() + "/status"))) {
            return lines.filter(line -> line.startsWith(field + ":"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text() throws InterruptedException {
        try {
            return http.send(
                            HttpRequest.newBuilder(meters).timeout(ANSWER).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            // Not there yet, or busy.
            return "";
        }
    }
}

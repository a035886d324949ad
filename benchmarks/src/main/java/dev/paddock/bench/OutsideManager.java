package dev.paddock.bench;

import dev.paddock.local.server.MysqlDatabase;
import dev.paddock.local.server.Ports;
import dev.paddock.local.server.SharedServers;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.match.Endpoint;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import dev.paddock.protocol.mode.Mode;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A game manager as it is shipped, a process of its own, on a real Redis, NATS and MariaDB. A director answers that every
 * match has a server that is ready, and runs as long as the benchmark does. One that never got ready would be asked for each
 * second, and what is measured next would share the machine with that.
 */
final class OutsideManager implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);

    private final ShippedService service;
    private final Connection director;
    private final URI url;
    private final URI redis;
    private final String signingKey;

    private OutsideManager(ShippedService service, Connection director, URI url, URI redis, String signingKey) {
        this.service = service;
        this.director = director;
        this.url = url;
        this.redis = redis;
        this.signingKey = signingKey;
    }

    static OutsideManager start(Mode... modes) {
        SharedServers.Nats nats = SharedServers.nats();
        URI redis = SharedServers.redisDatabase();
        MysqlDatabase mysql = SharedServers.mysqlDatabase("bench");
        InsideManager.publish(nats, modes);
        String pem = InsideManager.pem();
        try {
            Connection director = director(nats);
            Path folder = Files.createTempDirectory("paddock-bench");
            int port = Ports.free();
            Path config = Files.writeString(folder.resolve("manager.yml"), settings(port, redis, nats, mysql, pem));
            ShippedService service = ShippedService.start("manager", argv(config), folder);
            OutsideManager manager =
                    new OutsideManager(service, director, URI.create("http://127.0.0.1:" + port), redis, pem);
            manager.awaitReady();
            return manager;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return url;
    }

    URI redis() {
        return redis;
    }

    /** PEM of the key that the manager signs with, so that players can have tokens without logging in. */
    String signingKey() {
        return signingKey;
    }

    @Override
    public void close() {
        service.close();
        try {
            director.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady() throws IOException {
        long end = System.nanoTime() + READY_WITHIN.toNanos();
        while (System.nanoTime() < end) {
            try (RestClient client = new RestClient(url)) {
                if (client.send(RestClient.get("/health/readiness")) == 200
                        && client.send(RestClient.get("/v1/modes")) == 200) {
                    return;
                }
            } catch (java.net.ConnectException e) {
                // Not there yet: asked again until it is, or for too long.
                LockSupport.parkNanos(100_000_000);
            }
            LockSupport.parkNanos(100_000_000);
        }
        throw new IllegalStateException("the manager is not ready after " + READY_WITHIN);
    }

    private static Connection director(SharedServers.Nats nats) throws IOException {
        try {
            Connection connection = Nats.connect(Options.builder()
                    .server(nats.url())
                    .authHandler(Nats.credentials(nats.directorCreds().toString()))
                    .build());
            InstantSource clock = InstantSource.system();
            connection
                    .createDispatcher(message -> {
                        StartMatch start = Json.read(message.getData(), StartMatch.class);
                        var reply = new StartReply.Running(ready(start, clock.instant()));
                        connection.publish(message.getReplyTo(), Json.bytes(reply));
                    })
                    .subscribe(Subjects.directorStart("eu"), Subjects.DIRECTORS);
            return connection;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static MatchEvent.Ready ready(StartMatch start, Instant now) {
        return new MatchEvent.Ready(
                start.matchId(),
                start.mode(),
                "s" + start.matchId().substring(1),
                new Endpoint("127.0.0.1", Map.of("tcp", 1), "key", "hash"),
                Map.of(Stop.ASSIGNED, now, Stop.READY, now));
    }

    private static List<String> argv(Path config) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-Dmicronaut.config.files=" + config,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.paddock.manager.ManagerApplication");
    }

    private static String settings(int port, URI redis, SharedServers.Nats nats, MysqlDatabase mysql, String pem) {
        return """
                micronaut: {server: {host: 127.0.0.1, port: %d}}
                datasources: {default: {url: "%s", username: "%s", password: "%s"}}
                redis: {uri: "%s"}
                paddock:
                  nats: {url: "%s", creds-file: "%s"}
                  account: {signing-key-file: "%s"}
                  inventory: {url: "http://127.0.0.1:1", token-file: "%s"}
                  limits: {requests-per-address: 1000000}
                """.formatted(
                        port,
                        mysql.url(),
                        mysql.user(),
                        mysql.password(),
                        redis,
                        nats.url(),
                        nats.managerCreds(),
                        InsideManager.file(pem),
                        InsideManager.file("not-used-here"));
    }
}

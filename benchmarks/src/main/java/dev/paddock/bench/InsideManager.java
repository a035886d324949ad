package dev.paddock.bench;

import dev.paddock.local.server.SharedServers;
import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.ticket.Tickets;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.mode.Mode;
import dev.paddock.protocol.mode.Region;
import io.micronaut.context.ApplicationContextConfiguration;
import io.micronaut.context.DefaultApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.inject.BeanDefinitionReference;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * One game manager inside this JVM, on a real Redis and a real NATS, as far as the queue goes: tickets and matchmaking.
 * What follows when a match is formed (the director, the sockets), HTTP and MySQL are left out.
 */
public final class InsideManager implements AutoCloseable {
    private static final List<String> LEFT_OUT = List.of(
            "dev.paddock.manager.match.",
            "dev.paddock.manager.socket.",
            "dev.paddock.manager.warm.",
            "dev.paddock.manager.Migrations");

    private final DefaultApplicationContext context;
    private final URI redis;

    private InsideManager(DefaultApplicationContext context, URI redis) {
        this.context = context;
        this.redis = redis;
    }

    static InsideManager start(Mode... modes) {
        return startWith(Map.of(), modes);
    }

    /** @param more settings beside those that it needs */
    public static InsideManager startWith(Map<String, Object> more, Mode... modes) {
        SharedServers.Nats nats = SharedServers.nats();
        URI redis = SharedServers.redisDatabase();
        publish(nats, modes);
        DefaultApplicationContext context = new WithoutMatches(
                (ApplicationContextConfiguration) io.micronaut.context.ApplicationContext.builder("bench"));
        context.getEnvironment().addPropertySource(PropertySource.of("bench", settings(redis, nats)));
        context.getEnvironment().addPropertySource(PropertySource.of("more", more));
        context.start();
        InsideManager manager = new InsideManager(context, redis);
        manager.awaitModes(modes.length);
        return manager;
    }

    public Tickets tickets() {
        return context.getBean(Tickets.class);
    }

    URI redis() {
        return redis;
    }

    @Override
    public void close() {
        context.close();
    }

    private void awaitModes(int count) {
        Modes known = context.getBean(Modes.class);
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (known.all().size() < count) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the manager has not heard of the modes");
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** As a director would. */
    static void publish(SharedServers.Nats nats, Mode... modes) {
        try (Connection connection = Nats.connect(Options.builder()
                .server(nats.url())
                .authHandler(Nats.credentials(nats.directorCreds().toString()))
                .build())) {
            put(connection, Subjects.REGIONS_BUCKET, "eu", new Region("eu", null, null));
            for (Mode mode : modes) {
                put(connection, Subjects.MODES_BUCKET, mode.name(), mode);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void put(Connection connection, String bucket, String key, Object value) throws IOException {
        try {
            // The NATS server is this JVM's own: the same configuration again changes nothing.
            connection
                    .keyValueManagement()
                    .create(KeyValueConfiguration.builder()
                            .name(bucket)
                            .storageType(StorageType.Memory)
                            .build());
            connection.keyValue(bucket).put(key, Json.bytes(value));
        } catch (JetStreamApiException e) {
            throw new IOException("cannot publish " + key, e);
        }
    }

    private static Map<String, Object> settings(URI redis, SharedServers.Nats nats) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("redis.uri", redis.toString());
        settings.put("paddock.nats.url", nats.url());
        settings.put("paddock.nats.creds-file", nats.managerCreds().toString());
        settings.put("paddock.account.signing-key-file", file(pem()).toString());
        settings.put("paddock.inventory.token-file", file("not-used-here").toString());
        settings.put("paddock.inventory.url", "http://127.0.0.1:1");
        // Nobody listens there, and nobody asks.
        settings.put("datasources.default.url", "jdbc:mysql://127.0.0.1:1/none");
        settings.put("datasources.default.minimum-idle", 0);
        return settings;
    }

    static String pem() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Path file(String content) {
        try {
            Path file = Files.createTempFile("paddock-bench", "");
            file.toFile().deleteOnExit();
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class WithoutMatches extends DefaultApplicationContext {
        WithoutMatches(ApplicationContextConfiguration configuration) {
            super(configuration);
        }

        @Override
        @SuppressWarnings("rawtypes") // as the framework has it
        protected List<BeanDefinitionReference> resolveBeanDefinitionReferences() {
            return super.resolveBeanDefinitionReferences().stream()
                    .filter(reference -> LEFT_OUT.stream()
                            .noneMatch(reference.getBeanDefinitionName().replace("$", "")::startsWith))
                    .toList();
        }
    }
}

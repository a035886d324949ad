package dev.paddock.manager;

import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A game manager inside the test's JVM, on real servers. */
public final class TestManager implements AutoCloseable {
    private final EmbeddedServer server;

    private TestManager(EmbeddedServer server) {
        this.server = server;
    }

    public static TestManager start(TestPlatform platform) {
        return start(platform, Map.of());
    }

    /** @param settings win over those of the platform */
    public static TestManager start(TestPlatform platform, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(platform.settings());
        all.putAll(settings);
        return new TestManager(io.micronaut.context.ApplicationContext.run(EmbeddedServer.class, all));
    }

    /** On a Redis Cluster instead of the platform's one Redis. */
    public static TestManager startOnCluster(TestPlatform platform, List<URI> servers, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(platform.settings());
        all.remove("redis.uri");
        all.put("redis.uris", servers.stream().map(URI::toString).toList());
        all.putAll(settings);
        return new TestManager(io.micronaut.context.ApplicationContext.run(EmbeddedServer.class, all));
    }

    public URI url() {
        return server.getURI();
    }

    public TestApi api() {
        return new TestApi(url());
    }

    public <T> T bean(Class<T> type) {
        return server.getApplicationContext().getBean(type);
    }

    /** All beans of a kind. */
    public <T> Collection<T> beans(Class<T> type) {
        return server.getApplicationContext().getBeansOfType(type);
    }

    @Override
    public void close() {
        server.close();
    }
}

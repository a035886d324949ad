package dev.paddock.manager.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.resource.ClientResources;
import io.micronaut.configuration.lettuce.AbstractRedisConfiguration;
import io.micronaut.configuration.lettuce.ClientResourcesMutator;
import io.micronaut.configuration.lettuce.DefaultRedisClusterClientFactory;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.exceptions.ConfigurationException;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Connects as the settings say:
 *
 * <ul>
 *   <li>{@code redis.uri} ({@code REDIS_URI}): one server, {@code redis://:password@host:6379/0}
 *   <li>{@code redis.uris} ({@code REDIS_URIS}, between commas): a cluster. Any of its servers; the others are found through
 *       them. User and password, the first one's, are the same on all.
 * </ul>
 */
@Factory
final class RedisFactory {
    private static final String URIS = "redis.uris";

    @Singleton
    @Requires(missingProperty = URIS)
    Connections oneServer(RedisClient client, StatefulRedisConnection<String, String> shared) {
        return new OneServer(client, shared);
    }

    @Singleton
    @Requires(property = URIS)
    Connections cluster(RedisClusterClient client, StatefulRedisClusterConnection<String, String> shared) {
        return new Cluster(client, shared);
    }

    /** Micronaut's own would ask who has which keys once, at the start. */
    @Singleton
    @Primary
    @Bean(preDestroy = "shutdown")
    @Requires(property = URIS)
    @Replaces(value = RedisClusterClient.class, factory = DefaultRedisClusterClientFactory.class)
    RedisClusterClient client(@Primary AbstractRedisConfiguration settings, List<ClientResourcesMutator> mutators) {
        if (settings.getUri().isPresent()) {
            throw new ConfigurationException("redis.uri and redis.uris are both set: set redis.uri for one Redis, or"
                    + " redis.uris for a Redis Cluster, and not the other.");
        }
        if (settings.getUris().isEmpty()) {
            throw new ConfigurationException("redis.uris names no server: set one or more of the cluster.");
        }
        for (RedisURI uri : settings.getUris()) {
            if (uri.getDatabase() != 0) {
                throw new ConfigurationException("redis.uris names database " + uri.getDatabase()
                        + ": a Redis Cluster has database 0 only. Leave the path away.");
            }
            uri.setTimeout(Redis.TIMEOUT);
        }
        ClientResources.Builder resources = ClientResources.builder();
        mutators.forEach(mutator -> mutator.mutate(resources, settings));
        RedisClusterClient client = RedisClusterClient.create(resources.build(), settings.getUris());
        Cluster.prepare(client);
        return client;
    }
}

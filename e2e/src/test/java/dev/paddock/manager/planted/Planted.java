package dev.paddock.manager.planted;

import dev.paddock.crds.GameMode;
import dev.paddock.manager.plantedtoo.PlantedToo;
import io.lettuce.core.RedisClient;
import io.nats.client.Connection;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** One violation of each rule; {@code ArchitectureTest} must find them all. The package is not null-marked either. */
public class Planted {
    static int mutableStaticState;

    @Inject
    PlantedToo cycle;

    Connection nats;
    RedisClient lettuce;
    java.sql.Connection jdbc;
    GameMode crd;
    dev.paddock.local.planted.Planted anotherPart;

    public Planted(int a, int b, int c, int d, int e, int f, int g) {
        mutableStaticState = a + b + c + d + e + f + g;
    }

    public CompletableFuture<Instant> future() throws InterruptedException {
        Thread.sleep(1);
        return CompletableFuture.completedFuture(Instant.now());
    }
}

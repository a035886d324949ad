package dev.paddock.swarm;

import dev.paddock.protocol.Json;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a director publishes for managers to read: put there again when NATS has lost it. */
final class Bucket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bucket.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Connection connection;
    private final CountDownLatch closed = new CountDownLatch(1);

    Bucket(Connection connection) {
        this.connection = connection;
    }

    /** Publishes the value, and looks from now on that it stays there. */
    void keep(String bucket, String key, Object value) {
        byte[] json = Json.bytes(value);
        put(bucket, key, json);
        Thread.ofVirtual().name("keep " + bucket).start(() -> {
            while (!isClosedWithin(LOOK)) {
                put(bucket, key, json);
            }
        });
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private boolean isClosedWithin(Duration bound) {
        try {
            return closed.await(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void put(String bucket, String key, byte[] json) {
        if (connection.getStatus() != Connection.Status.CONNECTED) {
            return;
        }
        try {
            // Made again without harm if it is there.
            connection
                    .keyValueManagement()
                    .create(KeyValueConfiguration.builder()
                            .name(bucket)
                            .storageType(StorageType.Memory)
                            .build());
            KeyValue values = connection.keyValue(bucket);
            if (values.get(key) == null) {
                values.put(key, json);
            }
        } catch (JetStreamApiException | IOException | IllegalStateException e) {
            LOG.debug("not published yet bucket={}", bucket, e);
        }
    }
}

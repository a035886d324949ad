package dev.paddock.director.bus;

import dev.paddock.director.fault.FaultPoints;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.MalformedException;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** A JetStream KV bucket of records. Writes only what differs, so that watchers wake for changes alone. */
public final class Bucket {
    /** JetStream's code for "stream not found". */
    private static final int NO_STREAM = 10059;

    private final Connection connection;
    private final String name;
    private final FaultPoints faults;

    Bucket(Connection connection, String name, FaultPoints faults) {
        this.connection = connection;
        this.name = name;
        this.faults = faults;
    }

    /** @throws IOException if NATS is away, or refuses */
    public void put(String key, Object value) throws IOException {
        byte[] json = Json.bytes(value);
        try {
            KeyValue bucket = open();
            KeyValueEntry present = bucket.get(key);
            if (present == null || !Arrays.equals(present.getValue(), json)) {
                faults.before("PUT KV " + name);
                bucket.put(key, json);
                faults.after("PUT KV " + name);
            }
        } catch (JetStreamApiException e) {
            throw new IOException("KV bucket " + name + ": " + e.getMessage(), e);
        }
    }

    /** @throws IOException if NATS is away, or refuses */
    public void delete(String key) throws IOException {
        try {
            KeyValue bucket = open();
            faults.before("DELETE KV " + name);
            bucket.delete(key);
            faults.after("DELETE KV " + name);
        } catch (JetStreamApiException e) {
            throw new IOException("KV bucket " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Everything that is in it, by key.
     *
     * @throws IOException if NATS is away, or refuses
     */
    public <T> Map<String, T> all(Class<T> type) throws IOException {
        Map<String, T> all = new TreeMap<>();
        try {
            KeyValue bucket = open();
            for (String key : bucket.keys()) {
                KeyValueEntry entry = bucket.get(key);
                if (entry != null) {
                    all.put(key, Json.read(entry.getValue(), type));
                }
            }
            return all;
        } catch (JetStreamApiException | MalformedException e) {
            throw new IOException("KV bucket " + name + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private KeyValue open() throws IOException, JetStreamApiException {
        try {
            connection.keyValueManagement().getStatus(name);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != NO_STREAM) {
                throw e;
            }
            // Two directors may both come here: creating the same bucket twice changes nothing.
            connection
                    .keyValueManagement()
                    .create(KeyValueConfiguration.builder(name)
                            .maxHistoryPerKey(1)
                            .build());
        }
        return connection.keyValue(name);
    }
}

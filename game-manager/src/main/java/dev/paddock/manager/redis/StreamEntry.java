package dev.paddock.manager.redis;

import java.util.Map;

/** An entry of a Redis Stream. */
public record StreamEntry(String id, Map<String, String> fields) {
    public StreamEntry {
        fields = Map.copyOf(fields);
    }
}

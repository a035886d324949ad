package dev.paddock.manager.mode;

import dev.paddock.protocol.mode.Region;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Where matches can run now, in memory. Filled by {@link BucketWatch}; stays as it was while NATS is away. */
@Singleton
public final class Regions {
    private final Map<String, Region> regions = new ConcurrentSkipListMap<>();

    public Optional<Region> find(String name) {
        return Optional.ofNullable(regions.get(name));
    }

    /** By name. */
    public List<Region> all() {
        return List.copyOf(regions.values());
    }

    /** The names of those where a mode can be played, sorted. */
    public List<String> with(String mode) {
        return regions.values().stream()
                .filter(region -> region.has(mode))
                .map(Region::name)
                .toList();
    }

    void put(Region region) {
        regions.put(region.name(), region);
    }

    void remove(String name) {
        regions.remove(name);
    }
}

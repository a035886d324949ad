package dev.paddock.director.mode;

import dev.paddock.director.DirectorSettings;
import dev.paddock.director.bus.Bucket;
import dev.paddock.director.bus.Bus;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.mode.Region;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the managers what can be played and where: KV {@code modes} and {@code regions}. Said again as often as one
 * likes; only what differs is written, and a bucket that was lost is made again.
 */
@Singleton
public final class ModePublisher {
    private static final Logger LOG = LoggerFactory.getLogger(ModePublisher.class);

    private final Bus bus;
    private final Modes modes;
    private final String region;
    private final @Nullable String pingUrl;

    ModePublisher(Bus bus, Modes modes, DirectorSettings settings) {
        this.bus = bus;
        this.modes = modes;
        this.region = settings.requiredRegion();
        this.pingUrl = settings.pingUrl();
    }

    /** Whether all of it is in NATS now. */
    public synchronized boolean publish() {
        if (!bus.isConnected()) {
            return false;
        }
        try {
            List<String> names = publishModes(bus.bucket(Subjects.MODES_BUCKET));
            // Last: as long as it names a mode that is gone, that one is deleted by whoever comes next.
            bus.bucket(Subjects.REGIONS_BUCKET).put(region, new Region(region, pingUrl, names));
            return true;
        } catch (IOException e) {
            LOG.warn("the modes could not be published; trying again soon why={}", e.getMessage());
            return false;
        }
    }

    private List<String> publishModes(Bucket bucket) throws IOException {
        List<KnownMode> now = modes.all();
        for (KnownMode mode : now) {
            bucket.put(mode.name(), mode.mode());
        }
        List<String> names = now.stream().map(KnownMode::name).sorted().toList();
        for (String name : gone(names)) {
            bucket.delete(name);
            LOG.info("a mode is gone mode={}", name);
        }
        return names;
    }

    /** What this region had and no other one has: a mode that can be played elsewhere is not ours to delete. */
    private List<String> gone(List<String> names) throws IOException {
        Map<String, Region> published = bus.bucket(Subjects.REGIONS_BUCKET).all(Region.class);
        Region before = published.remove(region);
        if (before == null || before.modes() == null) {
            return List.of();
        }
        return before.modes().stream()
                .filter(name -> !names.contains(name))
                .filter(name -> published.values().stream().noneMatch(other -> other.has(name)))
                .toList();
    }
}

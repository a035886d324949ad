package dev.paddock.director.mode;

import dev.paddock.director.DirectorSettings;
import dev.paddock.director.bus.Bucket;
import dev.paddock.director.bus.Bus;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.mode.Region;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
    private final Region region;
    private final PublishedModes before;

    ModePublisher(Bus bus, Modes modes, DirectorSettings settings) {
        this.bus = bus;
        this.modes = modes;
        this.region = new Region(settings.requiredRegion(), settings.pingUrl());
        this.before = new PublishedModes(settings.stateFolder());
    }

    /** Whether all of it is in NATS now. */
    public synchronized boolean publish() {
        if (!bus.isConnected()) {
            return false;
        }
        try {
            bus.bucket(Subjects.REGIONS_BUCKET).put(region.name(), region);
            publishModes(bus.bucket(Subjects.MODES_BUCKET));
            return true;
        } catch (IOException e) {
            LOG.warn("the modes could not be published; trying again soon why={}", e.getMessage());
            return false;
        }
    }

    private void publishModes(Bucket bucket) throws IOException {
        List<KnownMode> now = modes.all();
        Set<String> names = now.stream().map(KnownMode::name).collect(Collectors.toSet());
        for (KnownMode mode : now) {
            bucket.put(mode.name(), mode.mode());
        }
        // Only what this director published: a mode that another region alone has is not ours to delete.
        Set<String> gone = new HashSet<>(before.names());
        gone.removeAll(names);
        for (String name : gone) {
            bucket.delete(name);
            LOG.info("a mode is gone mode={}", name);
        }
        before.remember(names);
    }
}

package dev.paddock.director.mode;

import dev.paddock.director.DirectorSettings;
import dev.paddock.director.bus.Bucket;
import dev.paddock.director.bus.Bus;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.mode.Region;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
            Bucket regions = bus.bucket(Subjects.REGIONS_BUCKET);
            Map<String, Region> published = regions.all(Region.class);
            List<String> before = modesOf(published.remove(region));
            List<KnownMode> known = modes.all();
            List<String> now = known.stream().map(KnownMode::name).sorted().toList();
            List<String> gone =
                    before.stream().filter(name -> !now.contains(name)).toList();
            // A mode that is there is named by its region: wherever a director dies, the next one can delete it.
            name(regions, Stream.concat(now.stream(), gone.stream()));
            Bucket bucket = bus.bucket(Subjects.MODES_BUCKET);
            for (KnownMode mode : known) {
                bucket.put(mode.name(), mode.mode());
            }
            delete(bucket, gone, published.values());
            name(regions, now.stream());
            return true;
        } catch (IOException e) {
            LOG.warn("the modes could not be published; trying again soon why={}", e.getMessage());
            return false;
        }
    }

    private static List<String> modesOf(@Nullable Region region) {
        return region == null || region.modes() == null ? List.of() : region.modes();
    }

    private void name(Bucket regions, Stream<String> names) throws IOException {
        regions.put(region, new Region(region, pingUrl, names.sorted().toList()));
    }

    /** A mode that can be played elsewhere is not ours to delete. */
    private static void delete(Bucket bucket, List<String> gone, Collection<Region> others) throws IOException {
        for (String name : gone) {
            if (others.stream().noneMatch(other -> other.has(name))) {
                bucket.delete(name);
                LOG.info("a mode is gone mode={}", name);
            }
        }
    }
}

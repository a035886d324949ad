package dev.paddock.local.play;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the platform offers, asked before anybody registers: modes, and how far its regions are. */
final class Catalog {
    private static final int PINGS = 4;
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(2);

    private final Api api;
    private final InstantSource clock;

    Catalog(Api api, InstantSource clock) {
        this.api = api;
        this.clock = clock;
    }

    /** @return how many players a match of this mode has */
    int playersOf(String mode) throws PlayException, InterruptedException {
        List<String> names = new ArrayList<>();
        for (JsonNode offered : api.get("/v1/modes", null)) {
            String name = offered.path("name").asText();
            if (name.equals(mode)) {
                return offered.path("players").asInt();
            }
            names.add(name);
        }
        if (names.isEmpty()) {
            throw new PlayException("The platform at " + api.base()
                    + " offers no mode at all: no director has published one; is a director running?");
        }
        throw new PlayException(
                "The platform at " + api.base() + " has no mode '" + mode + "'; it has: " + String.join(", ", names));
    }

    /**
     * Measured latencies by region; regions without a place to ping are left out.
     *
     * @param only the one region that is wanted, or null for all
     */
    Map<String, Integer> latencies(@Nullable String only) throws PlayException, InterruptedException {
        Map<String, Integer> latencies = new TreeMap<>();
        List<String> names = new ArrayList<>();
        for (JsonNode region : api.get("/v1/regions", null)) {
            String name = region.path("name").asText();
            names.add(name);
            if (only != null && !only.equals(name)) {
                continue;
            }
            String pingUrl = region.path("pingUrl").asText("");
            if (!pingUrl.isEmpty()) {
                latencies.put(name, ping(name, URI.create(pingUrl)));
            } else if (only != null) {
                // Not measurable, but wanted: named, so that no other region fits.
                latencies.put(name, 1);
            }
        }
        if (only != null && !names.contains(only)) {
            throw new PlayException("The platform at " + api.base() + " has no region '" + only + "'; it has: "
                    + (names.isEmpty() ? "none" : String.join(", ", names)));
        }
        return latencies;
    }

    /** The best of a few, in whole milliseconds, at least 1; the first one also pays for the connection. */
    private int ping(String region, URI url) throws PlayException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(url).timeout(PING_TIMEOUT).GET().build();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < PINGS; i++) {
            Instant before = clock.instant();
            try {
                api.http().send(request, BodyHandlers.discarding());
            } catch (IOException e) {
                throw new PlayException("region " + region + " does not answer the ping to " + url + ": " + e, e);
            }
            best = Math.min(best, Duration.between(before, clock.instant()).toMillis());
        }
        return (int) Math.max(1, best);
    }
}

package dev.paddock.manager.ticket;

import dev.paddock.manager.problem.Checks;
import io.micronaut.core.annotation.Introspected;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /v1/tickets}.
 *
 * @param latencies by region, in milliseconds, as the client measured them; absent: every region fits
 * @param partyCode for the whole party
 */
@Introspected
record TicketRequest(
        @Nullable String mode,
        @Nullable Map<String, @Nullable Integer> latencies,
        @Nullable String partyCode) {
    private static final int MOST_REGIONS = 32;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_LATENCY = 10_000;

    /** @throws dev.paddock.manager.problem.ProblemException {@code bad-request}, with all that is wrong */
    void check() {
        Checks checks = new Checks()
                .that(mode != null && !mode.isEmpty(), "mode", "must name a mode")
                .that(mode == null || mode.length() <= LONGEST_NAME, "mode", "is too long")
                .that(partyCode == null, "partyCode", "parties cannot queue yet; leave it out");
        Map<String, @Nullable Integer> measured = latencies;
        if (measured != null && measured.size() > MOST_REGIONS) {
            checks.that(false, "latencies", "must name at most " + MOST_REGIONS + " regions");
        } else if (measured != null) {
            measured.forEach((region, latency) -> check(checks, region, latency));
        }
        checks.done();
    }

    private static void check(Checks checks, String region, @Nullable Integer latency) {
        boolean named = !region.isEmpty() && region.length() <= LONGEST_NAME;
        checks.that(named, "latencies", "a region's name has 1 to " + LONGEST_NAME + " characters");
        boolean possible = latency != null && latency >= 0 && latency <= LONGEST_LATENCY;
        checks.that(
                possible || !named,
                "latencies." + (named ? region : ""),
                "must be 0 to " + LONGEST_LATENCY + " milliseconds");
    }
}

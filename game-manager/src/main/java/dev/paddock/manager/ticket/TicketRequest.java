package dev.paddock.manager.ticket;

import dev.paddock.manager.mode.Preferences;
import dev.paddock.manager.party.Parties;
import dev.paddock.manager.problem.Checks;
import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /v1/tickets}.
 *
 * @param latencies by region, in milliseconds, as the client measured them; absent: every region fits
 * @param partyCode for the whole party
 * @param attributes of the client, such as its version
 * @param roles that the player can play, the favourite first
 */
@Introspected
record TicketRequest(
        @Nullable String mode,
        @Nullable Map<String, @Nullable Integer> latencies,
        @Nullable String partyCode,
        @Nullable Map<String, @Nullable String> attributes,
        @Nullable List<@Nullable String> roles) {
    private static final int LONGEST_NAME = 64;

    /** @throws dev.paddock.manager.problem.ProblemException {@code bad-request}, with all that is wrong */
    void check() {
        Checks checks = new Checks()
                .that(mode != null && !mode.isEmpty(), "mode", "must name a mode")
                .that(mode == null || mode.length() <= LONGEST_NAME, "mode", "is too long")
                .that(partyCode == null || Parties.isCode(partyCode), "partyCode", "is not the code of a party");
        preferences().check(checks);
        checks.done();
    }

    Preferences preferences() {
        return new Preferences(latencies, attributes, roles);
    }
}

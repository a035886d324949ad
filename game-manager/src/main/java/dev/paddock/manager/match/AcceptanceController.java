package dev.paddock.manager.match;

import dev.paddock.manager.account.Caller;
import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The player's answer to {@code MatchFound}. */
@Controller("/v1/matches/{matchId}")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AcceptanceController {
    private final MatchQueries queries;
    private final Acceptance acceptance;

    AcceptanceController(MatchQueries queries, Acceptance acceptance) {
        this.queries = queries;
        this.acceptance = acceptance;
    }

    /** The player wants to play it. Said again, the answer is the same. */
    @Post("/accept")
    Answered accept(String matchId, Authentication authentication) {
        String playerId = Caller.of(authentication).playerId();
        return Answered.of(acceptance.accept(match(matchId, playerId), playerId));
    }

    /** The player does not, and leaves the queue. */
    @Post("/decline")
    Answered decline(String matchId, Authentication authentication) {
        String playerId = Caller.of(authentication).playerId();
        return Answered.of(acceptance.decline(match(matchId, playerId), playerId));
    }

    private StoredMatch match(String matchId, String playerId) {
        return queries.stored(matchId, playerId)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "the player has no match with this id"));
    }

    /**
     * How far the asking is.
     *
     * @param acceptBy in a mode that asks its players
     */
    @Introspected
    record Answered(
            String matchId, MatchState state, @Nullable Instant acceptBy, int accepted, int players) {
        static Answered of(StoredMatch match) {
            return new Answered(
                    match.matchId(),
                    match.state(),
                    match.acceptBy(),
                    match.accepted().size(),
                    match.formed().players().size());
        }
    }
}

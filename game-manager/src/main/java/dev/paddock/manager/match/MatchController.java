package dev.paddock.manager.match;

import dev.paddock.manager.account.Caller;
import dev.paddock.manager.problem.Checks;
import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import dev.paddock.protocol.match.Endpoint;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calling player's matches. */
@Controller("/v1/matches")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class MatchController {
    private static final int MOST = 100;

    private final MatchQueries queries;

    MatchController(MatchQueries queries) {
        this.queries = queries;
    }

    /**
     * Matches of the player, newest first.
     *
     * @param state only those in this state: PROPOSED, FORMED, READY, ENDED, CANCELLED
     * @param cursor {@code nextCursor} of the page before
     * @param limit 1 to 100
     */
    @Get("{?state,cursor,limit}")
    MatchQueries.Page list(
            Authentication authentication,
            @Nullable @QueryValue String state,
            @Nullable @QueryValue String cursor,
            @QueryValue(defaultValue = "20") int limit) {
        Checks checks = new Checks();
        checks.that(limit >= 1 && limit <= MOST, "limit", "must be 1 to " + MOST);
        checks.that(
                state == null || states(state).size() == 1,
                "state",
                "must be one of " + Arrays.toString(MatchState.values()));
        checks.done();
        return queries.list(Caller.of(authentication).playerId(), states(state), MatchCursor.of(cursor), limit);
    }

    /** One match of the player. */
    @Get("/{matchId}")
    MatchView find(Authentication authentication, String matchId) {
        return queries.find(matchId, Caller.of(authentication).playerId())
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "the player has no match with this id"));
    }

    /** The key that the match's server proves: over TLS, for a client that will not trust the socket alone. */
    @Get("/{matchId}/server-key")
    ServerKey serverKey(Authentication authentication, String matchId) {
        Endpoint server = find(authentication, matchId).server();
        if (server == null) {
            throw new ProblemException(ProblemType.MATCH_NOT_READY, "the match has no server, or has it no more");
        }
        return new ServerKey(server.publicKey(), server.publicKeySha256());
    }

    private static Set<MatchState> states(@Nullable String state) {
        if (state == null) {
            return EnumSet.allOf(MatchState.class);
        }
        Set<MatchState> named = EnumSet.allOf(MatchState.class);
        named.removeIf(candidate -> !candidate.name().equals(state));
        return named;
    }

    /**
     * A server's public key.
     *
     * @param publicKey PEM
     * @param publicKeySha256 Base64 of the SHA-256 of the DER SubjectPublicKeyInfo
     */
    record ServerKey(String publicKey, String publicKeySha256) {}
}

package dev.paddock.manager.account;

import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import dev.paddock.protocol.Id;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;

/** The players whom the caller never wants to meet. Holds also for a ticket that waits. */
@Controller("/v1/players/me/blocked")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
final class BlockedController {
    private final Blocking blocking;
    private final BlockedChanges changes;

    BlockedController(Blocking blocking, BlockedChanges changes) {
        this.blocking = blocking;
        this.changes = changes;
    }

    /** All of them, newest first; there are 200 at most. */
    @Get
    BlockedPlayers all(Authentication authentication) {
        return new BlockedPlayers(blocking.all(Caller.of(authentication).playerId()));
    }

    /** Blocks a player. Said again, it changes nothing. */
    @Put("/{playerId}")
    @Status(HttpStatus.NO_CONTENT)
    void block(String playerId, Authentication authentication) {
        String caller = Caller.of(authentication).playerId();
        blocking.block(caller, id(playerId));
        changes.tell(caller);
    }

    /** Blocks a player no more; also one who was not blocked. */
    @Delete("/{playerId}")
    @Status(HttpStatus.NO_CONTENT)
    void unblock(String playerId, Authentication authentication) {
        String caller = Caller.of(authentication).playerId();
        blocking.unblock(caller, id(playerId));
        changes.tell(caller);
    }

    /** What cannot be an id is not asked for. */
    private static String id(String playerId) {
        if (!Id.isValid(playerId)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no such player.");
        }
        return playerId;
    }

    /** Answer to {@code GET /v1/players/me/blocked}. */
    @Introspected
    record BlockedPlayers(List<BlockedPlayer> items) {}
}

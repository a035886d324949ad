package dev.paddock.manager.account;

import dev.paddock.manager.limits.Attempts;
import dev.paddock.manager.limits.ClientAddress;
import dev.paddock.manager.problem.Checks;
import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import dev.paddock.protocol.Id;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Register, and look at players. */
@Controller("/v1/players")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PlayerController {
    private final Registration registration;
    private final PlayerStore players;
    private final Attempts attempts;
    private final ClientAddress addresses;

    PlayerController(Registration registration, PlayerStore players, Attempts attempts, ClientAddress addresses) {
        this.registration = registration;
        this.players = players;
        this.attempts = attempts;
        this.addresses = addresses;
    }

    /** Makes a player. The same name and Idempotency-Key again get the same answer. */
    @Post
    @Status(HttpStatus.CREATED)
    @Secured(SecurityRule.IS_ANONYMOUS)
    Registered register(
            @Body NewPlayer wish, @Header("Idempotency-Key") @Nullable String idempotencyKey, HttpRequest<?> request) {
        attempts.registration(addresses.of(request));
        return registration.register(wish, Checks.idempotencyKey(idempotencyKey));
    }

    /** The caller, with what only the caller may see. */
    @Get("/me")
    @Secured(SecurityRule.IS_AUTHENTICATED)
    OwnProfile me(Authentication authentication) {
        Player player = found(Caller.of(authentication).playerId());
        return new OwnProfile(
                player.playerId(),
                player.name(),
                player.email(),
                player.rating(),
                player.uncertainty(),
                stats(player),
                player.createdAt());
    }

    /** What everyone may know of a player. */
    @Get("/{playerId}")
    @Secured(SecurityRule.IS_AUTHENTICATED)
    PublicProfile player(String playerId) {
        Player player = found(playerId);
        return new PublicProfile(
                player.playerId(),
                player.name(),
                player.rating(),
                player.uncertainty(),
                stats(player),
                player.createdAt());
    }

    private Player found(String playerId) {
        // What cannot be an id is not asked for.
        return Optional.of(playerId)
                .filter(Id::isValid)
                .flatMap(players::find)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no such player."));
    }

    private static Stats stats(Player player) {
        return new Stats(player.played(), player.won());
    }

    /** Matches that were played to their end. */
    @Introspected
    record Stats(int played, int won) {}

    /**
     * Answer to {@code GET /v1/players/{playerId}}.
     *
     * @param rating points; everyone begins at 1500
     * @param uncertainty standard deviation of the rating, in points
     */
    @Introspected
    record PublicProfile(
            String playerId, String name, double rating, double uncertainty, Stats stats, Instant createdAt) {}

    /** Answer to {@code GET /v1/players/me}. */
    @Introspected
    record OwnProfile(
            String playerId,
            String name,
            @Nullable String email,
            double rating,
            double uncertainty,
            Stats stats,
            Instant createdAt) {}
}

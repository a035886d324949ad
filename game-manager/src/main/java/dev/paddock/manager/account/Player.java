package dev.paddock.manager.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code players}.
 *
 * @param nameKey what must be unique, see {@link PlayerName}
 * @param registrationKey the Idempotency-Key of the registration
 * @param rating mean of a {@link dev.paddock.manager.rating.Rating}
 * @param uncertainty standard deviation of the same
 */
@MappedEntity("players")
record Player(
        @Id String playerId,
        String name,
        String nameKey,
        String passwordHash,
        @Nullable String email,
        @Nullable String registrationKey,
        double rating,
        double uncertainty,
        int played,
        int won,
        Instant createdAt) {
    /** Without the password's hash and the e-mail, so that they cannot get into a log. */
    @Override
    public String toString() {
        return "Player[playerId=" + playerId + "]";
    }
}

package dev.paddock.manager.account;

import dev.paddock.manager.problem.Checks;
import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import dev.paddock.protocol.Id;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes players. One insert makes a whole player, so there is no half of one. */
@Singleton
final class Registration {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
    private static final Pattern EMAIL =
            Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}.]+(\\.[^@\\s\\p{Cntrl}.]+)+");
    private static final int LONGEST_EMAIL = 254;

    private final PlayerStore players;
    private final Passwords passwords;
    private final RandomGenerator random;
    private final InstantSource time;

    Registration(PlayerStore players, Passwords passwords, RandomGenerator random, InstantSource time) {
        this.players = players;
        this.passwords = passwords;
        this.random = random;
        this.time = time;
    }

    /**
     * Makes a player, or finds the one that the same call has made before.
     *
     * @param idempotencyKey what a repeated call is known by, together with the name
     * @throws ProblemException {@code bad-request}, {@code name-taken}, {@code idempotency-mismatch}
     */
    Registered register(NewPlayer wish, @Nullable String idempotencyKey) {
        PlayerName name = checked(wish);
        String password = Objects.requireNonNull(wish.password());
        Optional<Player> holder = players.findByNameKey(name.key());
        // Before the costly hash; the unique key decides when two come at the same moment.
        if (holder.isEmpty()) {
            String playerId = Id.next(random);
            int created = players.create(
                    playerId,
                    name.text(),
                    name.key(),
                    passwords.hash(password),
                    wish.email(),
                    idempotencyKey,
                    time.instant().truncatedTo(ChronoUnit.MILLIS));
            if (created == 1) {
                LOG.info("player registered playerId={}", playerId);
                return new Registered(playerId, name.text());
            }
            holder = players.findByNameKey(name.key());
        }
        return repeated(holder.orElseThrow(), wish, password, idempotencyKey);
    }

    private Registered repeated(Player holder, NewPlayer wish, String password, @Nullable String idempotencyKey) {
        if (idempotencyKey == null || !idempotencyKey.equals(holder.registrationKey())) {
            throw new ProblemException(ProblemType.NAME_TAKEN, "Choose another name.");
        }
        boolean same =
                Objects.equals(holder.email(), wish.email()) && passwords.matches(password, holder.passwordHash());
        if (!same) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_MISMATCH, "The player was registered with another password or e-mail.");
        }
        return new Registered(holder.playerId(), holder.name());
    }

    private static PlayerName checked(NewPlayer wish) {
        PlayerName name = PlayerName.parse(wish.name());
        String email = wish.email();
        new Checks()
                .that(name != null, "name", PlayerName.RULE)
                .that(Credentials.isPassword(wish.password()), "password", Credentials.PASSWORD_RULE)
                .that(
                        email == null
                                || (email.length() <= LONGEST_EMAIL
                                        && EMAIL.matcher(email).matches()),
                        "email",
                        "must be an e-mail address")
                .done();
        return Objects.requireNonNull(name);
    }
}

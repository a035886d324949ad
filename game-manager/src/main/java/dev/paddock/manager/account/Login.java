package dev.paddock.manager.account;

import dev.paddock.manager.limits.Attempts;
import dev.paddock.manager.problem.Checks;
import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;

/** Opens a login session for who knows the password. */
@Singleton
final class Login {
    private final PlayerStore players;
    private final Passwords passwords;
    private final LoginSessions sessions;
    private final Profiles profiles;
    private final Attempts attempts;

    Login(PlayerStore players, Passwords passwords, LoginSessions sessions, Profiles profiles, Attempts attempts) {
        this.players = players;
        this.passwords = passwords;
        this.sessions = sessions;
        this.profiles = profiles;
        this.attempts = attempts;
    }

    /** @throws ProblemException {@code bad-request}, {@code too-many-requests}, {@code login-failed} */
    LoginSessions.Opened login(Credentials credentials, String address) {
        new Checks()
                .that(credentials.name() != null, "name", "must be there")
                .that(credentials.password() != null, "password", "must be there")
                .done();
        PlayerName name = PlayerName.parse(credentials.name());
        String password = Objects.requireNonNull(credentials.password());
        if (name == null || !Credentials.isPassword(password)) {
            // Nobody can have registered so; this is public knowledge and costs no hash.
            throw failed();
        }
        attempts.login(address, name.key());
        Player player = known(name, password);
        attempts.loginSucceeded(name.key());
        profiles.keep(player);
        return sessions.open(player.playerId(), player.name());
    }

    private Player known(PlayerName name, String password) {
        Optional<Player> player = players.findByNameKey(name.key());
        if (player.isEmpty()) {
            passwords.matchNobody(password);
            throw failed();
        }
        if (!passwords.matches(password, player.get().passwordHash())) {
            throw failed();
        }
        return player.get();
    }

    private static ProblemException failed() {
        return new ProblemException(ProblemType.LOGIN_FAILED, "Name or password is wrong.");
    }
}

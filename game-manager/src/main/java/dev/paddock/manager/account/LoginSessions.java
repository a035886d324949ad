package dev.paddock.manager.account;

import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.redis.Script;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.frame.PlayerEvent;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Login sessions: what a {@code jti} names. A token is worth nothing without its session, so a logout holds at once on
 * every replica.
 *
 * <table>
 * <caption>Redis keys</caption>
 * <tr><th>key</th><th>type</th><th>holds</th><th>lives</th></tr>
 * <tr><td>{@code paddock:login:{<jti>}}</td><td>HASH</td>
 *     <td>{@code playerId}, {@code name}, {@code family} and {@code refresh}: SHA-256 of the two secrets of the refresh
 *     token that is good now</td><td>login-session-lifetime, again from each refresh</td></tr>
 * </table>
 */
@Singleton
public final class LoginSessions {
    private static final Logger LOG = LoggerFactory.getLogger(LoginSessions.class);
    private static final Script ROTATE = Script.of(LoginSessions.class, "rotate.lua");
    static final List<Script> SCRIPTS = List.of(ROTATE);

    private final Redis redis;
    private final Bus bus;
    private final RandomGenerator random;
    private final AccountSettings settings;

    LoginSessions(Redis redis, Bus bus, RandomGenerator random, AccountSettings settings) {
        this.redis = redis;
        this.bus = bus;
        this.random = random;
        this.settings = settings;
    }

    /** Whether the session has begun and not ended, on whichever replica. */
    public boolean isLive(String jti) {
        return redis.exists(key(jti));
    }

    /** The same, for the event loop: it fails instead of throwing. */
    CompletionStage<Boolean> looksLive(String jti) {
        return redis.existsLater(key(jti));
    }

    Opened open(String playerId, String name) {
        String jti = Id.next(random);
        RefreshToken token = RefreshToken.first(jti, random);
        redis.putHash(
                key(jti),
                Map.of("playerId", playerId, "name", name, "family", token.familyHash(), "refresh", token.secretHash()),
                settings.loginSessionLifetime());
        return new Opened(new Caller(playerId, name, jti), token);
    }

    /**
     * The next refresh token for one that is good; null for any other. One that was good once ends the session: either
     * the player or somebody else has a copy, and nobody can say who is who.
     */
    @Nullable
    Opened refresh(RefreshToken token) {
        RefreshToken next = token.next(random);
        List<@Nullable Object> answer = redis.runForList(
                ROTATE,
                List.of(key(token.jti())),
                List.of(
                        token.familyHash(),
                        token.secretHash(),
                        next.secretHash(),
                        Long.toString(settings.loginSessionLifetime().toMillis())));
        String outcome = String.valueOf(answer.getFirst());
        if (outcome.equals("UNKNOWN")) {
            return null;
        }
        Caller caller = new Caller(String.valueOf(answer.get(1)), String.valueOf(answer.get(2)), token.jti());
        if (outcome.equals("REUSED")) {
            LOG.warn("a used refresh token came again: login session ended playerId={}", caller.playerId());
            tellSockets(caller);
            return null;
        }
        return new Opened(caller, next);
    }

    void end(Caller caller) {
        redis.delete(key(caller.jti()));
        tellSockets(caller);
    }

    private void tellSockets(Caller caller) {
        bus.publish(Subjects.player(caller.playerId()), new PlayerEvent.LoggedOut(caller.jti()));
    }

    private static String key(String jti) {
        return "paddock:login:{" + jti + "}";
    }

    /** A session with the refresh token that is good from now on. */
    record Opened(Caller caller, RefreshToken refreshToken) {}
}

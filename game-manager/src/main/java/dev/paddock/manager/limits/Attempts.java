package dev.paddock.manager.limits;

import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import dev.paddock.manager.redis.SharedBuckets;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * How often somebody may try to log in, to register or a party's code, counted over all replicas.
 *
 * <table>
 * <caption>Redis keys</caption>
 * <tr><th>key</th><th>type</th><th>holds</th><th>lives</th></tr>
 * <tr><td>{@code paddock:limit:login-address:{<address>}}, {@code paddock:limit:login-name:{<name>}}, {@code
 *     paddock:limit:registration:{<address>}}, {@code paddock:limit:party-address:{<address>}}, {@code
 *     paddock:limit:party-code:{<playerId>}}</td><td>STRING</td><td>a bucket, as bucket4j writes it</td><td>until it
 *     would be full, about a minute</td></tr>
 * </table>
 */
@Singleton
public final class Attempts {
    private final SharedBuckets buckets;
    private final LimitSettings settings;

    Attempts(SharedBuckets buckets, LimitSettings settings) {
        this.buckets = buckets;
        this.settings = settings;
    }

    /** @throws ProblemException {@code too-many-requests} */
    public void registration(String address) {
        take("paddock:limit:registration:{" + address + "}", settings.registrationsPerAddress());
    }

    /**
     * A login is about to be tried. It counts for the name until {@link #loginSucceeded}: counted before it is known to
     * fail, so that many at the same moment are no way around the limit.
     *
     * @param nameKey the name as names are compared
     * @throws ProblemException {@code too-many-requests}
     */
    public void login(String address, String nameKey) {
        take("paddock:limit:login-address:{" + address + "}", settings.loginsPerAddress());
        take(nameBucket(nameKey), settings.failedLoginsPerName());
    }

    public void loginSucceeded(String nameKey) {
        buckets.putBack(nameBucket(nameKey), settings.failedLoginsPerName());
    }

    /**
     * A player tries a party's code. It counts for the player until {@link #partyCodeFound}, as a login does for its name.
     *
     * @throws ProblemException {@code too-many-requests}
     */
    public void partyCode(String address, String playerId) {
        take("paddock:limit:party-address:{" + address + "}", settings.loginsPerAddress());
        take(codeBucket(playerId), settings.failedLoginsPerName());
    }

    public void partyCodeFound(String playerId) {
        buckets.putBack(codeBucket(playerId), settings.failedLoginsPerName());
    }

    private static String codeBucket(String playerId) {
        return "paddock:limit:party-code:{" + playerId + "}";
    }

    private static String nameBucket(String nameKey) {
        return "paddock:limit:login-name:{" + nameKey + "}";
    }

    private void take(String key, int perMinute) {
        Duration wait = buckets.take(key, perMinute);
        if (!wait.isZero()) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_REQUESTS, "At most " + perMinute + " of these a minute.", wait);
        }
    }
}

package dev.paddock.manager.limits;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How often something may be done. The defaults let one machine play the part of many players.
 *
 * @param requestsPerAddress {@code PADDOCK_LIMITS_REQUESTS_PER_ADDRESS}, default {@code 2000} a second, twice that at
 *     once; counted by each replica for itself
 * @param requestsPerPlayer {@code PADDOCK_LIMITS_REQUESTS_PER_PLAYER}, default {@code 50} a second, twice that at once;
 *     counted by each replica for itself
 * @param loginsPerAddress {@code PADDOCK_LIMITS_LOGINS_PER_ADDRESS}, default {@code 300} a minute, over all replicas; as
 *     many codes of parties may be tried
 * @param failedLoginsPerName {@code PADDOCK_LIMITS_FAILED_LOGINS_PER_NAME}, default {@code 10} a minute, over all replicas;
 *     as many wrong codes of parties may a player try
 * @param registrationsPerAddress {@code PADDOCK_LIMITS_REGISTRATIONS_PER_ADDRESS}, default {@code 120} a minute, over all
 *     replicas
 * @param trustedProxies {@code PADDOCK_LIMITS_TRUSTED_PROXIES}, default {@code 0}: how many proxies of yours stand between
 *     the players and the manager; each adds one address to {@code X-Forwarded-For}. With 0 the header means nothing.
 * @param connections {@code PADDOCK_LIMITS_CONNECTIONS}, default {@code 20000}: HTTP and WebSocket connections that a
 *     replica holds open at a time; more are closed at once
 */
@ConfigurationProperties("paddock.limits")
record LimitSettings(
        @Bindable(defaultValue = "2000") int requestsPerAddress,
        @Bindable(defaultValue = "50") int requestsPerPlayer,
        @Bindable(defaultValue = "300") int loginsPerAddress,
        @Bindable(defaultValue = "10") int failedLoginsPerName,
        @Bindable(defaultValue = "120") int registrationsPerAddress,
        @Bindable(defaultValue = "0") int trustedProxies,
        @Bindable(defaultValue = "20000") int connections) {
    LimitSettings {
        atLeast(1, "requests-per-address", requestsPerAddress);
        atLeast(1, "requests-per-player", requestsPerPlayer);
        atLeast(1, "logins-per-address", loginsPerAddress);
        atLeast(1, "failed-logins-per-name", failedLoginsPerName);
        atLeast(1, "registrations-per-address", registrationsPerAddress);
        atLeast(0, "trusted-proxies", trustedProxies);
        atLeast(1, "connections", connections);
    }

    private static void atLeast(int least, String key, int value) {
        if (value < least) {
            throw new IllegalArgumentException("Set paddock.limits." + key + " to " + least + " or more, is " + value);
        }
    }
}

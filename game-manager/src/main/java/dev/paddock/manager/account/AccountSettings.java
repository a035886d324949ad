package dev.paddock.manager.account;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Accounts and their tokens.
 *
 * @param signingKeyFile {@code PADDOCK_ACCOUNT_SIGNING_KEY_FILE}, required: path of the EC P-256 private key (PKCS#8,
 *     PEM) that signs access and join tokens; the same on every replica
 * @param accessTokenLifetime {@code PADDOCK_ACCOUNT_ACCESS_TOKEN_LIFETIME}, default {@code 15m}
 * @param joinTokenLifetime {@code PADDOCK_ACCOUNT_JOIN_TOKEN_LIFETIME}, default {@code 5m}
 * @param loginSessionLifetime {@code PADDOCK_ACCOUNT_LOGIN_SESSION_LIFETIME}, default {@code 30d}, from the last refresh
 * @param hashesAtOnce {@code PADDOCK_ACCOUNT_HASHES_AT_ONCE}, default {@code 0}: as many as there are processors. A
 *     password's hash takes 19 MiB and about 0.1 s of one.
 * @param hashWait {@code PADDOCK_ACCOUNT_HASH_WAIT}, default {@code 10s}: who would wait longer for a processor is told to
 *     come again
 */
@ConfigurationProperties("paddock.account")
record AccountSettings(
        @Nullable String signingKeyFile,
        @Bindable(defaultValue = "15m") Duration accessTokenLifetime,
        @Bindable(defaultValue = "5m") Duration joinTokenLifetime,
        @Bindable(defaultValue = "30d") Duration loginSessionLifetime,
        @Bindable(defaultValue = "0") int hashesAtOnce,
        @Bindable(defaultValue = "10s") Duration hashWait) {
    AccountSettings {
        positive("access-token-lifetime", accessTokenLifetime);
        positive("join-token-lifetime", joinTokenLifetime);
        positive("login-session-lifetime", loginSessionLifetime);
        positive("hash-wait", hashWait);
        if (hashesAtOnce < 0) {
            throw new IllegalArgumentException("Set paddock.account.hashes-at-once to 0 or more, is " + hashesAtOnce);
        }
    }

    private static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("Set paddock.account." + key + " to more than 0, is " + value);
        }
    }
}

package dev.paddock.manager.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.JWTClaimsSet;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * What a player calls the API with: a JWT that names player and login session, and opens nothing but the API.
 *
 * <p>To check a signature costs more than all else that a call costs. So each token is checked once, and then known, by its
 * digest, until it expires or others have come. That it has not expired is looked at each time, and so is its login
 * session, by {@link AccessTokenValidator}.
 */
@Singleton
final class AccessTokens {
    static final String TYP = "at+jwt";
    static final String AUDIENCE = "paddock:api";

    /** Known tokens, of some 300 bytes each. */
    private static final int MOST_KNOWN = 50_000;

    private final SigningKey key;
    private final AccountSettings settings;
    private final InstantSource time;
    private final Cache<String, Known> known =
            Caffeine.newBuilder().maximumSize(MOST_KNOWN).build();

    AccessTokens(SigningKey key, AccountSettings settings, InstantSource time) {
        this.key = key;
        this.settings = settings;
        this.time = time;
    }

    Duration lifetime() {
        return settings.accessTokenLifetime();
    }

    String sign(Caller caller) {
        Instant now = time.instant();
        return key.sign(
                TYP,
                new JWTClaimsSet.Builder()
                        .audience(AUDIENCE)
                        .subject(caller.playerId())
                        .jwtID(caller.jti())
                        .claim(Caller.CLAIM_NAME, caller.name())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(lifetime())))
                        .build());
    }

    /** A token whose signature is ours. */
    private record Known(Caller caller, Instant expires) {}

    /** Who presents this token; null if it is not a valid one. Says nothing about the login session. */
    @Nullable
    Caller read(String token) {
        String digest = digest(token);
        Known found = known.getIfPresent(digest);
        if (found == null) {
            found = checked(token);
            if (found == null) {
                return null;
            }
            known.put(digest, found);
        }
        return found.expires().isAfter(time.instant()) ? found.caller() : null;
    }

    private @Nullable Known checked(String token) {
        JWTClaimsSet claims = key.verified(TYP, token);
        if (claims == null || !claims.getAudience().contains(AUDIENCE)) {
            return null;
        }
        Date expires = claims.getExpirationTime();
        if (expires == null
                || claims.getSubject() == null
                || claims.getJWTID() == null
                || !(claims.getClaim(Caller.CLAIM_NAME) instanceof String name)) {
            return null;
        }
        return new Known(new Caller(claims.getSubject(), name, claims.getJWTID()), expires.toInstant());
    }

    /** What a token is known by: whoever reads this memory finds no tokens. */
    private static String digest(String token) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return Base64.getEncoder().encodeToString(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

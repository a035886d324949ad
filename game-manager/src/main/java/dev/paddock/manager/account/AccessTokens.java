package dev.paddock.manager.account;

import com.nimbusds.jwt.JWTClaimsSet;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** What a player calls the API with: a JWT that names player and login session, and opens nothing but the API. */
@Singleton
final class AccessTokens {
    static final String TYP = "at+jwt";
    static final String AUDIENCE = "paddock:api";

    private final SigningKey key;
    private final AccountSettings settings;
    private final InstantSource time;

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

    /** Who presents this token; null if it is not a valid one. Says nothing about the login session. */
    @Nullable
    Caller read(String token) {
        JWTClaimsSet claims = key.verified(TYP, token);
        if (claims == null || !claims.getAudience().contains(AUDIENCE)) {
            return null;
        }
        Date expires = claims.getExpirationTime();
        if (expires == null || !expires.toInstant().isAfter(time.instant())) {
            return null;
        }
        if (claims.getSubject() == null
                || claims.getJWTID() == null
                || !(claims.getClaim(Caller.CLAIM_NAME) instanceof String name)) {
            return null;
        }
        return new Caller(claims.getSubject(), name, claims.getJWTID());
    }
}

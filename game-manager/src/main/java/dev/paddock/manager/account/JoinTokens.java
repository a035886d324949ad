package dev.paddock.manager.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;

/**
 * What a player joins a match's game server with: a JWT for one player and one match, minutes long. Signed at the moment
 * of telling; never stored, never on NATS.
 */
@Singleton
public final class JoinTokens {
    static final String TYP = "join+jwt";
    static final String AUDIENCE = "paddock:join";

    private final SigningKey key;
    private final AccountSettings settings;
    private final InstantSource time;

    JoinTokens(SigningKey key, AccountSettings settings, InstantSource time) {
        this.key = key;
        this.settings = settings;
        this.time = time;
    }

    public String sign(String playerId, String name, String matchId) {
        Instant now = time.instant();
        return key.sign(
                TYP,
                new JWTClaimsSet.Builder()
                        .audience(AUDIENCE)
                        .subject(playerId)
                        .claim("name", name)
                        .claim("match", matchId)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(settings.joinTokenLifetime())))
                        .build());
    }

    /** The keys that a game server checks join tokens with: a JSON Web Key Set (RFC 7517). */
    public JsonNode keys() {
        return key.publicKeys();
    }
}

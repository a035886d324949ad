package dev.paddock.gameserver.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * Checks join tokens: JWTs (RFC 7519) signed with ES256 (RFC 7518) by one of the managers' keys, header {@code typ} =
 * {@code join+jwt}, {@code aud} = {@code paddock:join}, {@code match}, {@code sub} = the player, {@code exp}. The
 * algorithm is ours to name, not the token's: {@code none} and HMAC with the public key as secret never get far.
 */
public final class JoinTokens {
    private static final JOSEObjectType TYPE = new JOSEObjectType("join+jwt");
    private static final String AUDIENCE = "paddock:join";
    // The manager's clock and this node's may differ by as much.
    private static final Duration LEEWAY = Duration.ofSeconds(10);
    private static final Verdict BAD = new Verdict.Bad("bad-token", "This is not a join token for this server.");

    private final List<JWSVerifier> verifiers;
    private final String matchId;
    private final Set<String> playerIds;
    private final InstantSource clock;

    private JoinTokens(List<JWSVerifier> verifiers, String matchId, Set<String> playerIds, InstantSource clock) {
        this.verifiers = List.copyOf(verifiers);
        this.matchId = matchId;
        this.playerIds = Set.copyOf(playerIds);
        this.clock = clock;
    }

    /** What a token is worth. */
    public sealed interface Verdict {
        /** It lets this player in. */
        record Good(String playerId) implements Verdict {}

        /** It lets nobody in. */
        record Bad(String code, String reason) implements Verdict {}
    }

    /** @throws IllegalArgumentException if the key set has no P-256 key, or is none */
    public static JoinTokens of(JsonNode joinKeys, String matchId, Set<String> playerIds, InstantSource clock) {
        try {
            List<JWSVerifier> verifiers = new ArrayList<>();
            for (JWK key : JWKSet.parse(joinKeys.toString()).getKeys()) {
                if (key instanceof ECKey ec && Curve.P_256.equals(ec.getCurve())) {
                    verifiers.add(new ECDSAVerifier(ec.toECPublicKey()));
                }
            }
            if (verifiers.isEmpty()) {
                throw new IllegalArgumentException("joinKeys holds no EC key on P-256");
            }
            return new JoinTokens(verifiers, matchId, playerIds, clock);
        } catch (ParseException | JOSEException e) {
            throw new IllegalArgumentException("joinKeys is not a JSON Web Key Set", e);
        }
    }

    /** Who the token lets in, if anybody. */
    public Verdict check(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())
                    || !TYPE.equals(jwt.getHeader().getType())
                    || !signed(jwt)) {
                return BAD;
            }
            return verdict(jwt.getJWTClaimsSet());
        } catch (ParseException | JOSEException e) {
            return BAD;
        }
    }

    private boolean signed(SignedJWT jwt) throws JOSEException {
        for (JWSVerifier verifier : verifiers) {
            if (jwt.verify(verifier)) {
                return true;
            }
        }
        return false;
    }

    private Verdict verdict(JWTClaimsSet claims) throws ParseException {
        String playerId = claims.getSubject();
        Date expires = claims.getExpirationTime();
        if (!claims.getAudience().contains(AUDIENCE) || playerId == null || expires == null) {
            return BAD;
        }
        if (over(expires)) {
            return new Verdict.Bad("expired-token", "The join token has expired; a new one comes with every Welcome.");
        }
        if (!matchId.equals(claims.getStringClaim("match"))) {
            return new Verdict.Bad("wrong-match", "The join token is for another match.");
        }
        if (!playerIds.contains(playerId)) {
            return new Verdict.Bad("not-a-player", "The player is not in this match.");
        }
        return new Verdict.Good(playerId);
    }

    private boolean over(Date expires) {
        Instant now = clock.instant();
        return !now.isBefore(expires.toInstant().plus(LEEWAY));
    }
}

package dev.paddock.gameserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.paddock.protocol.Json;
import java.time.Instant;
import java.util.Date;

/** A manager, as far as join tokens go: its key, and tokens good and bad. */
public final class Tokens {
    private final ECKey key;

    public Tokens() {
        try {
            key = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** For {@code Assignment.joinKeys}. */
    public JsonNode joinKeys() {
        try {
            return Json.newMapper().readTree(new JWKSet(key.toPublicJWK()).toString());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** One that lets the player in. */
    public String good(String matchId, String playerId) {
        return token(
                "join+jwt",
                claims(matchId, playerId, Instant.now().plusSeconds(300)).build());
    }

    public String expired(String matchId, String playerId) {
        return token(
                "join+jwt",
                claims(matchId, playerId, Instant.now().minusSeconds(60)).build());
    }

    public String ofType(String type, String matchId, String playerId) {
        return token(
                type, claims(matchId, playerId, Instant.now().plusSeconds(300)).build());
    }

    public String forAudience(String audience, String matchId, String playerId) {
        return token(
                "join+jwt",
                claims(matchId, playerId, Instant.now().plusSeconds(300))
                        .audience(audience)
                        .build());
    }

    public String withoutExpiry(String matchId, String playerId) {
        return token(
                "join+jwt",
                claims(matchId, playerId, Instant.now()).expirationTime(null).build());
    }

    /** {@code alg: none}. */
    public static String unsigned(String matchId, String playerId) {
        PlainHeader header =
                new PlainHeader.Builder().type(new JOSEObjectType("join+jwt")).build();
        return new PlainJWT(
                        header,
                        claims(matchId, playerId, Instant.now().plusSeconds(300))
                                .build())
                .serialize();
    }

    /** The old trick: HMAC, keyed with what everybody may know. */
    public String signedWithThePublicKeyAsSecret(String matchId, String playerId) {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .type(new JOSEObjectType("join+jwt"))
                            .keyID("1")
                            .build(),
                    claims(matchId, playerId, Instant.now().plusSeconds(300)).build());
            jwt.sign(new MACSigner(key.toECPublicKey().getEncoded()));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    public static JWTClaimsSet.Builder claims(String matchId, String playerId, Instant expires) {
        return new JWTClaimsSet.Builder()
                .audience("paddock:join")
                .subject(playerId)
                .claim("match", matchId)
                .claim("name", "Ada")
                .expirationTime(Date.from(expires));
    }

    private String token(String type, JWTClaimsSet claims) {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(new JOSEObjectType(type))
                            .keyID("1")
                            .build(),
                    claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}

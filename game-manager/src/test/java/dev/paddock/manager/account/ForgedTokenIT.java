package dev.paddock.manager.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.paddock.manager.TestApi;
import dev.paddock.manager.TestApi.Answer;
import dev.paddock.manager.TestApi.Player;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ForgedTokenIT {
    private static TestManager manager;
    private static TestApi api;

    @BeforeAll
    static void start() {
        manager = TestManager.start(TestPlatform.fresh("forged"));
        api = manager.api();
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @Test
    void noForgedTokenOpensTheApi() throws Exception {
        Player player = api.newPlayer();
        String good = player.accessToken();
        JWTClaimsSet claims = SignedJWT.parse(good).getJWTClaimsSet();
        SigningKey key = manager.bean(SigningKey.class);
        var strangers = new ECKeyGenerator(Curve.P_256).generate();
        String publicKey = api.get("/.well-known/jwks.json").text();
        String[] parts = good.split("\\.", -1);

        Map<String, String> forged = new LinkedHashMap<>();
        forged.put("another key", signed(JWSAlgorithm.ES256, claims, new ECDSASigner(strangers)));
        forged.put("HS256 with the public key", signed(JWSAlgorithm.HS256, claims, new MACSigner(publicKey)));
        forged.put("alg none", base64("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + parts[1] + ".");
        forged.put(
                "alg none, signature kept",
                base64("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + parts[1] + "." + parts[2]);
        forged.put("no signature", parts[0] + "." + parts[1] + ".");
        forged.put(
                "signature of zeros",
                parts[0] + "." + parts[1] + "."
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]));
        forged.put(
                "other claims",
                parts[0] + "."
                        + base64(new JWTClaimsSet.Builder(claims)
                                .subject("somebody")
                                .build()
                                .toString()) + "." + parts[2]);
        forged.put("join token", manager.bean(JoinTokens.class).sign(player.playerId(), player.name(), "match"));
        forged.put("typ of a join token", key.sign(JoinTokens.TYP, claims));
        forged.put(
                "audience of a join token",
                key.sign(
                        AccessTokens.TYP,
                        new JWTClaimsSet.Builder(claims)
                                .audience(JoinTokens.AUDIENCE)
                                .build()));
        forged.put(
                "expired",
                key.sign(
                        AccessTokens.TYP,
                        new JWTClaimsSet.Builder(claims)
                                .expirationTime(Date.from(Instant.now().minusSeconds(1)))
                                .build()));
        forged.put(
                "never expires",
                key.sign(
                        AccessTokens.TYP,
                        new JWTClaimsSet.Builder(claims).expirationTime(null).build()));
        forged.put(
                "no session",
                key.sign(
                        AccessTokens.TYP,
                        new JWTClaimsSet.Builder(claims).jwtID(null).build()));
        forged.put(
                "session that never was",
                key.sign(
                        AccessTokens.TYP,
                        new JWTClaimsSet.Builder(claims).jwtID("x").build()));
        forged.put("refresh token", player.refreshToken());
        forged.put("not a token", "abc");
        forged.put("three dots", "...");
        forged.put("long", "a".repeat(5000));

        forged.forEach((what, token) -> {
            Answer answer = api.as(token).get("/v1/players/me");
            assertThat(answer.problem()).as(what).isEqualTo("unauthorized");
            assertThat(answer.status()).as(what).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).as(what).isEqualTo("Bearer");
        });
        assertThat(player.api().get("/v1/players/me").status()).isEqualTo(200);
    }

    @Test
    void anExpiredTokenIsOfNoUseEvenToLogOut() {
        Player player = api.newPlayer();
        Caller caller = java.util.Objects.requireNonNull(
                manager.bean(AccessTokens.class).read(player.accessToken()));
        AccessTokens before = new AccessTokens(
                manager.bean(SigningKey.class),
                manager.bean(AccountSettings.class),
                () -> Instant.now().minus(Duration.ofMinutes(16)));

        assertThat(api.as(before.sign(caller)).delete("/v1/login").problem()).isEqualTo("unauthorized");

        assertThat(player.api().get("/v1/players/me").status()).isEqualTo(200);
    }

    private static String signed(JWSAlgorithm algorithm, JWTClaimsSet claims, com.nimbusds.jose.JWSSigner signer)
            throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .type(new JOSEObjectType(AccessTokens.TYP))
                        .build(),
                claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

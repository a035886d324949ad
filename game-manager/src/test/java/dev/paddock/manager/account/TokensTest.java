package dev.paddock.manager.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final AccountSettings SETTINGS = new AccountSettings(
            null, Duration.ofMinutes(15), Duration.ofMinutes(5), Duration.ofDays(30), 0, Duration.ofSeconds(10));
    private static final Caller CALLER = new Caller("playerx", "Ayrton", "sessionx");

    private final Random random = new Random(7);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private SigningKey key;
    private AccessTokens access;

    @BeforeEach
    void makeKey() throws Exception {
        key = SigningKey.ofPem(pem("EC", 256));
        access = new AccessTokens(key, SETTINGS, () -> now);
    }

    @Test
    void anAccessTokenSaysWhoCallsUntilItExpires() {
        String token = access.sign(CALLER);
        assertThat(access.read(token)).isEqualTo(CALLER);

        now = now.plus(Duration.ofMinutes(15)).minusSeconds(1);
        assertThat(access.read(token)).isEqualTo(CALLER);

        now = now.plusSeconds(1);
        assertThat(access.read(token)).isNull();
    }

    @Test
    void aTokenThatIsKnownOpensNothingOnceALetterOfItIsAnother() {
        String token = access.sign(CALLER);
        assertThat(access.read(token)).isEqualTo(CALLER);

        for (int at = 0; at < token.length() - 1; at++) {
            char other = token.charAt(at) == 'A' ? 'B' : 'A';
            assertThat(access.read(token.substring(0, at) + other + token.substring(at + 1)))
                    .as("another letter at %s", at)
                    .isNull();
        }
    }

    @Test
    void aJoinTokenIsForOnePlayerOneMatchAndFiveMinutes() throws Exception {
        JoinTokens joins = new JoinTokens(key, SETTINGS, () -> now);

        SignedJWT token = SignedJWT.parse(joins.sign("playerx", "Ayrton", "matchx"));

        var keys = JWKSet.parse(joins.keys().toString());
        assertThat(token.verify(new ECDSAVerifier(keys.getKeys().getFirst().toECKey())))
                .isTrue();
        assertThat(keys.getKeys().getFirst().isPrivate()).isFalse();
        assertThat(token.getHeader().getType().getType()).isEqualTo("join+jwt");
        var claims = token.getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly("paddock:join");
        assertThat(claims.getSubject()).isEqualTo("playerx");
        assertThat(claims.getStringClaim("match")).isEqualTo("matchx");
        assertThat(claims.getStringClaim("name")).isEqualTo("Ayrton");
        assertThat(claims.getExpirationTime().toInstant()).isEqualTo(now.plus(Duration.ofMinutes(5)));
        assertThat(access.read(token.serialize())).isNull();
    }

    @Test
    void twoReplicasWithOneKeyUnderstandEachOther() throws Exception {
        String pem = pem("EC", 256);
        AccessTokens one = new AccessTokens(SigningKey.ofPem(pem), SETTINGS, () -> now);
        AccessTokens other = new AccessTokens(SigningKey.ofPem(pem), SETTINGS, () -> now);

        assertThat(other.read(one.sign(CALLER))).isEqualTo(CALLER);
        assertThat(access.read(one.sign(CALLER))).isNull();
    }

    @Test
    void anyOtherKindOfKeyIsRefused() {
        assertThatThrownBy(() -> SigningKey.ofPem(pem("EC", 384))).hasMessageContaining("P-256");
        assertThatThrownBy(() -> SigningKey.ofPem(pem("RSA", 2048))).isInstanceOf(Exception.class);
        assertThatThrownBy(() -> SigningKey.ofPem("hello")).isInstanceOf(Exception.class);
    }

    @Test
    void aRefreshTokenKeepsItsFamilyAndChangesItsSecret() {
        RefreshToken first = RefreshToken.first("a".repeat(26), random);
        RefreshToken next = first.next(random);

        assertThat(RefreshToken.parse(first.text())).isEqualTo(first);
        assertThat(next.jti()).isEqualTo(first.jti());
        assertThat(next.familyHash()).isEqualTo(first.familyHash());
        assertThat(next.secretHash()).isNotEqualTo(first.secretHash());
        assertThat(first.toString()).doesNotContain(first.family(), first.secret());
    }

    @Test
    void whatIsNotARefreshTokenIsNone() {
        String id = "a".repeat(26);
        for (String text : new String[] {
            "",
            ".",
            "..",
            "...",
            id,
            id + "." + id,
            id + "." + id + ".",
            id + "." + id + "." + id + ".",
            id + "." + id + "." + id + "." + id,
            id + "." + id + "." + id.toUpperCase(java.util.Locale.ROOT),
            "a.b.c"
        }) {
            assertThat(RefreshToken.parse(text)).as(text).isNull();
        }
    }

    @Test
    void whatCarriesASecretDoesNotPrintIt() {
        assertThat(new NewPlayer("Name", "hunter22", "a@b.c").toString()).doesNotContain("hunter22", "a@b.c");
        assertThat(new Credentials("Name", "hunter22").toString()).doesNotContain("hunter22");
        assertThat(new LoginController.RefreshWish("hunter22").toString()).doesNotContain("hunter22");
        assertThat(new LoginController.TokenAnswer("hunter22", "hunter22", "Bearer", 1, "id").toString())
                .doesNotContain("hunter22");
    }

    static String pem(String algorithm, int size) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END PRIVATE KEY-----\n";
    }
}

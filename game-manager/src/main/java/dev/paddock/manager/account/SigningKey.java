package dev.paddock.manager.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.paddock.protocol.Json;
import io.micronaut.context.annotation.Context;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.util.Base64;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/**
 * Signs tokens with ES256, and checks that a token was signed here. The header's {@code typ} keeps the kinds of tokens
 * apart; the algorithm is fixed, whatever a token's header says.
 */
@Context
final class SigningKey {
    private static final String SETTING = "paddock.account.signing-key-file";

    private final ECKey key;
    private final ECDSASigner signer;
    private final ECDSAVerifier verifier;
    private final JsonNode publicKeys;

    SigningKey(AccountSettings settings) {
        this(read(settings.signingKeyFile()));
    }

    private SigningKey(ECKey key) {
        try {
            this.key = key;
            this.signer = new ECDSASigner(key);
            this.verifier = quickVerifier(key);
        } catch (JOSEException e) {
            throw new IllegalStateException("Set " + SETTING + " to an EC P-256 key: " + e.getMessage(), e);
        }
        this.publicKeys = Json.read(new JWKSet(key).toString(true), JsonNode.class);
    }

    /**
     * Checks with Bouncy Castle, in a tenth of the time that the JDK takes. Signing stays with the JDK, whose time does not
     * depend on the secret; to check there is none.
     */
    private static ECDSAVerifier quickVerifier(ECKey key) throws JOSEException {
        Provider bouncyCastle = new BouncyCastleProvider();
        // The JDK's key would be turned into one of Bouncy Castle's at each check, which costs more than the check.
        ECDSAVerifier verifier = new ECDSAVerifier(key.toECPublicKey(bouncyCastle));
        verifier.getJCAContext().setProvider(bouncyCastle);
        return verifier;
    }

    /** @param pem a P-256 private key in PKCS#8 */
    static SigningKey ofPem(String pem) throws GeneralSecurityException, JOSEException {
        String base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
        byte[] der = Base64.getDecoder().decode(base64);
        KeyFactory factory = KeyFactory.getInstance("EC");
        var privateKey = (ECPrivateKey) factory.generatePrivate(new PKCS8EncodedKeySpec(der));
        if (!Curve.P_256.equals(Curve.forECParameterSpec(privateKey.getParams()))) {
            throw new GeneralSecurityException("the key is on another curve than P-256");
        }
        var publicKey = (java.security.interfaces.ECPublicKey)
                factory.generatePublic(new ECPublicKeySpec(publicPoint(privateKey.getS()), privateKey.getParams()));
        return new SigningKey(new ECKey.Builder(Curve.P_256, publicKey)
                .privateKey(privateKey)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .keyIDFromThumbprint()
                .build());
    }

    /** The public half as a JSON Web Key Set (RFC 7517). */
    JsonNode publicKeys() {
        return publicKeys.deepCopy();
    }

    String sign(String typ, JWTClaimsSet claims) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(typ))
                .keyID(key.getKeyID())
                .build();
        SignedJWT jwt = new SignedJWT(header, claims);
        try {
            jwt.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign", e);
        }
        return jwt.serialize();
    }

    /** The claims of a token of that kind that was signed with this key; null: it is anything else. */
    @Nullable
    JWTClaimsSet verified(String typ, String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            boolean ours = JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())
                    && new JOSEObjectType(typ).equals(jwt.getHeader().getType())
                    && jwt.verify(verifier);
            return ours ? jwt.getJWTClaimsSet() : null;
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            // Whoever sent it learns no more than that it is not valid.
            return null;
        }
    }

    // The JDK reads no public key out of a private one.
    private static ECPoint publicPoint(BigInteger secret) {
        var point = ECNamedCurveTable.getParameterSpec("secp256r1")
                .getG()
                .multiply(secret)
                .normalize();
        return new ECPoint(
                point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger());
    }

    private static ECKey read(@Nullable String file) {
        if (file == null || file.isBlank()) {
            throw new IllegalStateException(
                    "Set " + SETTING + " to the file with the EC P-256 private key (PKCS#8, PEM)"
                            + " that signs players' tokens; make one with: openssl genpkey -algorithm EC -pkeyopt"
                            + " ec_paramgen_curve:P-256");
        }
        try {
            return ofPem(Files.readString(Path.of(file))).key;
        } catch (IOException e) {
            throw new IllegalStateException("Set " + SETTING + " to a file that can be read, is " + file, e);
        } catch (GeneralSecurityException | JOSEException | IllegalArgumentException | ClassCastException e) {
            // Without the cause: a parser's message may hold a part of the key.
            throw new IllegalStateException(SETTING + "=" + file + " is not an EC P-256 private key in PKCS#8, PEM");
        }
    }
}

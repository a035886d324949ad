package dev.paddock.director.key;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * One game server's RSA key.
 *
 * @param privatePem PKCS#8; goes into the server's own folder or Secret, and nowhere else
 * @param publicPem SubjectPublicKeyInfo
 * @param publicSha256 Base64 of the SHA-256 of the DER SubjectPublicKeyInfo
 */
public record ServerKey(String privatePem, String publicPem, String publicSha256) {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    static ServerKey of(KeyPair pair) {
        byte[] spki = pair.getPublic().getEncoded();
        return new ServerKey(
                pem("PRIVATE KEY", pair.getPrivate().getEncoded()), pem("PUBLIC KEY", spki), sha256Base64(spki));
    }

    /** The pin of a public key in PEM. */
    public static String pinOf(String publicPem) {
        String base64 = publicPem.replaceAll("-----[A-Z ]+-----", "").strip();
        return sha256Base64(Base64.getMimeDecoder().decode(base64));
    }

    /** Never the key itself. */
    @Override
    public String toString() {
        return "ServerKey[" + publicSha256 + "]";
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    private static String sha256Base64(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

package dev.paddock.director.key;

/**
 * The public half of a game server's key.
 *
 * @param pem SubjectPublicKeyInfo
 * @param sha256 Base64 of the SHA-256 of the DER SubjectPublicKeyInfo
 */
public record PublicKey(String pem, String sha256) {
    /** @throws IllegalArgumentException if that is no PEM */
    public static PublicKey of(String pem) {
        return new PublicKey(pem, ServerKey.pinOf(pem));
    }
}

package dev.paddock.manager.account;

import dev.paddock.protocol.Id;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a player gets the next access token with: {@code <jti>.<family>.<secret>}.
 *
 * @param family the same in all refresh tokens of one login session: who knows it once had one of them, so that a wrong
 *     secret beside it is a token used twice, and not a guess that could end a stranger's session
 * @param secret new in every token
 */
record RefreshToken(String jti, String family, String secret) {
    static RefreshToken first(String jti, RandomGenerator random) {
        return new RefreshToken(jti, Id.next(random), Id.next(random));
    }

    RefreshToken next(RandomGenerator random) {
        return new RefreshToken(jti, family, Id.next(random));
    }

    /** Null if the text is not a refresh token. */
    static @Nullable RefreshToken parse(String text) {
        String[] parts = text.split("\\.", 4);
        if (parts.length != 3) {
            return null;
        }
        for (String part : parts) {
            if (!Id.isValid(part)) {
                return null;
            }
        }
        return new RefreshToken(parts[0], parts[1], parts[2]);
    }

    /** As it goes to the player. */
    String text() {
        return jti + "." + family + "." + secret;
    }

    String familyHash() {
        return sha256(family);
    }

    String secretHash() {
        return sha256(secret);
    }

    /** Not what goes to the player, so that it cannot get into a log. */
    @Override
    public String toString() {
        return "RefreshToken[jti=" + jti + "]";
    }

    // 130 random bits need no slow hash.
    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

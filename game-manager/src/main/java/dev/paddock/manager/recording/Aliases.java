package dev.paddock.manager.recording;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Other names for ids, the same for the same id within one file. The salt is in memory only and goes with the file's end,
 * so that nobody can find out, also not by trying all ids that there are, whose ticket a line is.
 */
final class Aliases {
    private static final int SALT_BYTES = 16;
    private static final int ALIAS_BYTES = 8;

    private final byte[] salt = new byte[SALT_BYTES];
    private final MessageDigest digest;

    /** @param random one that cannot be foretold */
    Aliases(RandomGenerator random) {
        random.nextBytes(salt);
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    String of(String id) {
        digest.update(salt);
        byte[] hash = digest.digest(id.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, ALIAS_BYTES);
    }
}

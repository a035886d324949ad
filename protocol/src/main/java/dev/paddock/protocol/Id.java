package dev.paddock.protocol;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Ids of players, tickets, matches and servers: 26 characters of {@code a-z2-7} (129 random bits), so that one fits in
 * a NATS subject, a Redis key, a URL path and a Kubernetes name alike. Opaque to everyone but this class.
 */
public final class Id {
    private static final int LENGTH = 26;
    private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();
    private static final Pattern FORM = Pattern.compile("[a-z][a-z2-7]{25}");

    private Id() {}

    /** A new id; {@code random} should be a {@link java.security.SecureRandom} where an id must not be guessed. */
    public static String next(RandomGenerator random) {
        // All at once: each call of a SecureRandom costs about as much as these.
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return of(bytes);
    }

    /**
     * The id that stands for something said before, so that saying it again names the same.
     *
     * @param digest of what was said: at least 26 bytes of a cryptographic hash
     */
    public static String of(byte[] digest) {
        char[] id = new char[LENGTH];
        // A Kubernetes name must start with a letter.
        id[0] = ALPHABET[(digest[0] & 0xff) % 26];
        for (int i = 1; i < LENGTH; i++) {
            id[i] = ALPHABET[digest[i] & 0x1f];
        }
        return new String(id);
    }

    /** Whether {@code text} could have come from {@link #next}. */
    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }
}

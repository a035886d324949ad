package dev.paddock.local.play;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;

/** Names that nobody has yet, and passwords that nobody guesses. */
final class Names {
    private static final List<String> BIRDS =
            List.of("Falcon", "Heron", "Kestrel", "Lapwing", "Merlin", "Osprey", "Petrel", "Raven", "Swift", "Wren");
    private static final char[] LETTERS = "abcdefghijkmnpqrstuvwxyz23456789".toCharArray();
    private static final int SUFFIX = 8;

    private Names() {}

    /** A bird and 40 random bits. */
    static String next(RandomGenerator random) {
        StringBuilder name = new StringBuilder(BIRDS.get(random.nextInt(BIRDS.size()))).append('-');
        for (int i = 0; i < SUFFIX; i++) {
            name.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return name.toString();
    }

    static String password(SecureRandom random) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

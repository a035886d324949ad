package dev.paddock.gameserver;

import io.nats.client.AuthHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code nats.creds}: a user's JWT, and the seed that proves it is his. Read again at each connection, so that it may be
 * renewed.
 *
 * <p>jnats has this too, on Bouncy Castle: eleven megabytes of signed jars, whose check alone takes a JVM longer than all
 * else of its start. The JDK knows the one algorithm that is needed.
 */
record NatsCredentials(Path file) implements AuthHandler {
    private static final String ALGORITHM = "Ed25519";
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    /** A seed in NATS' form: two bytes that say what it is, the seed, two bytes of checksum. */
    private static final int SEED_START = 2;

    private static final int SEED_END = 34;
    private static final int SEED_TEXT = 58;
    private static final String USER_SEED = "SU";

    @Override
    public byte[] sign(byte[] nonce) {
        try {
            return signed(values().getLast(), nonce);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign with the seed of " + file, e);
        }
    }

    static byte[] signed(String seed, byte[] nonce) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(ALGORITHM);
        signature.initSign(key(seed));
        signature.update(nonce);
        return signature.sign();
    }

    /** None: the JWT names the key. */
    @Override
    public char[] getID() {
        return new char[0];
    }

    @Override
    public char[] getJWT() {
        return values().getFirst().toCharArray();
    }

    /** The JWT and the seed: what stands below the two lines that begin them. */
    private List<String> values() {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
            List<String> values = new ArrayList<>();
            for (int i = 1; i < lines.size(); i++) {
                if (lines.get(i - 1).startsWith("-----BEGIN ")) {
                    values.add(lines.get(i).strip());
                }
            }
            if (values.size() != 2) {
                throw new IllegalStateException(file + " must hold a JWT and a seed, each below a line that begins it");
            }
            return values;
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    private static PrivateKey key(String seed) throws GeneralSecurityException {
        if (seed.length() != SEED_TEXT || !seed.startsWith(USER_SEED)) {
            throw new GeneralSecurityException("not the seed of a user");
        }
        byte[] raw = Arrays.copyOfRange(base32(seed), SEED_START, SEED_END);
        return KeyFactory.getInstance(ALGORITHM)
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, raw));
    }

    /** RFC 4648, without padding. */
    private static byte[] base32(String text) throws GeneralSecurityException {
        byte[] decoded = new byte[text.length() * 5 / 8];
        int bits = 0;
        int held = 0;
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = BASE32.indexOf(text.charAt(i));
            if (value < 0) {
                throw new GeneralSecurityException("not the seed of a user");
            }
            bits = bits << 5 | value;
            held += 5;
            if (held >= 8) {
                held -= 8;
                decoded[length++] = (byte) (bits >> held);
            }
        }
        return decoded;
    }
}

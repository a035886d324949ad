package dev.paddock.manager.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A Lua script: what Redis does as one step. Kept in a {@code .lua} file beside the class that runs it. */
public final class Script {
    private final String name;
    private final String source;
    private final String sha1;

    private Script(String name, String source) {
        this.name = name;
        this.source = source;
        this.sha1 = sha1(source);
    }

    /**
     * Reads a script from the class path.
     *
     * @param owner the class beside which the file lies
     * @param file like {@code enqueue.lua}
     */
    public static Script of(Class<?> owner, String file) {
        return new Script(file, read(owner, file));
    }

    /** The same, with functions before it that other scripts have too. */
    public static Script of(Class<?> owner, String file, Piece before) {
        return new Script(file, before.source() + read(owner, file));
    }

    /** Lua functions that several scripts begin with, in a {@code .part.lua} file. */
    public record Piece(String source) {
        /** Read as {@link Script#of(Class, String)}. */
        public static Piece of(Class<?> owner, String file) {
            return new Piece(read(owner, file));
        }
    }

    String source() {
        return source;
    }

    String sha1() {
        return sha1;
    }

    @Override
    public String toString() {
        return name;
    }

    private static String read(Class<?> owner, String file) {
        try (InputStream in = owner.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not on the class path beside " + owner.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String source) {
        try {
            // Not for security: Redis names scripts by SHA-1.
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(digest.digest(source.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

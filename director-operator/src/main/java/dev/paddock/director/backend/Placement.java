package dev.paddock.director.backend;

import org.jspecify.annotations.Nullable;

/**
 * A server as its backend knows it: what only the backend may say of it.
 *
 * @param template of the mode when it was started
 * @param host where players reach it; null: not known yet, as nothing has said on which node it is to run
 * @param publicKey PEM of the SubjectPublicKeyInfo
 * @param publicKeySha256 Base64 of the SHA-256 of the DER SubjectPublicKeyInfo
 * @param mine whether this director may hand it to a match
 */
public record Placement(
        String serverId,
        String mode,
        String template,
        @Nullable String host,
        String publicKey,
        String publicKeySha256,
        boolean mine) {}

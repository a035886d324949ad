package dev.paddock.inventory.access;

import dev.paddock.inventory.InventorySettings;
import dev.paddock.inventory.StartRefusedException;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.annotation.Order;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** The secret that a caller must know. Read once, at start: a service that could let nobody in must not start. */
@Context
@Order(-100)
class ServiceToken {
    private static final int SHORTEST = 16;
    private static final String SETTING = "paddock.inventory.token-file (PADDOCK_INVENTORY_TOKEN_FILE)";

    private final byte[] token;

    ServiceToken(InventorySettings settings) {
        String file = settings.tokenFile();
        if (file == null || file.isBlank()) {
            throw new StartRefusedException("Set " + SETTING + " to a file that holds the service token.");
        }
        this.token = read(Path.of(file));
    }

    /** Takes as long for a token that is nearly right as for one that is all wrong. */
    boolean is(String candidate) {
        return MessageDigest.isEqual(token, candidate.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] read(Path file) {
        String token;
        try {
            token = Files.readString(file).strip();
        } catch (IOException e) {
            throw new StartRefusedException(
                    "The file " + file + " cannot be read; set " + SETTING + " to a file that holds the service token.",
                    e);
        }
        if (token.length() < SHORTEST) {
            throw new StartRefusedException("The service token in " + file + " is shorter than " + SHORTEST
                    + " characters; put a random one there, in the callers' file too.");
        }
        return token.getBytes(StandardCharsets.UTF_8);
    }
}

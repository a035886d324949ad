package dev.paddock.manager.admin;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who may see what operators see.
 *
 * @param tokenFile {@code PADDOCK_ADMIN_TOKEN_FILE}: path of the file with the token that operators show; without one,
 *     nobody may
 */
@ConfigurationProperties("paddock.admin")
record AdminSettings(@Nullable String tokenFile) {
    /** Short ones can be guessed. */
    private static final int LEAST = 20;

    /** Empty: nobody may. */
    byte[] token() {
        if (tokenFile == null || tokenFile.isBlank()) {
            return new byte[0];
        }
        try {
            String token = Files.readString(Path.of(tokenFile)).strip();
            if (token.length() < LEAST) {
                throw new IllegalStateException("paddock.admin.token-file=" + tokenFile + " holds less than " + LEAST
                        + " characters; put a random token there");
            }
            return token.getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Set paddock.admin.token-file to a file that can be read, is " + tokenFile, e);
        }
    }
}

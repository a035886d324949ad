package dev.paddock.manager.account;

import io.micronaut.core.annotation.Introspected;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /v1/players}.
 *
 * @param name 2 to 32 letters, digits, spaces, dots, underscores and dashes
 * @param password 8 to 128 characters
 * @param email shown to its owner only
 */
@Introspected
record NewPlayer(
        @Nullable String name,
        @Nullable String password,
        @Nullable String email) {
    /** Without the password. */
    @Override
    public String toString() {
        return "NewPlayer[name=" + name + "]";
    }
}

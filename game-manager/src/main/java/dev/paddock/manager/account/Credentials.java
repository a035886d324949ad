package dev.paddock.manager.account;

import io.micronaut.core.annotation.Introspected;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /v1/login}. */
@Introspected
record Credentials(@Nullable String name, @Nullable String password) {
    static final String PASSWORD_RULE = "must be 8 to 128 characters";

    static boolean isPassword(@Nullable String text) {
        if (text == null) {
            return false;
        }
        int length = text.codePointCount(0, text.length());
        return length >= 8 && length <= 128;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Credentials[name=" + name + "]";
    }
}

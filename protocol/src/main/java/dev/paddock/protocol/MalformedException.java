package dev.paddock.protocol;

import org.jspecify.annotations.Nullable;

/** Bytes from another process that are not what this protocol says. The text never repeats the bytes. */
public final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

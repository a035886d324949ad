package dev.paddock.director.backend;

import org.jspecify.annotations.Nullable;

/** A server could not be started; the message says why, and what to do about it if that is known. */
public final class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    public LaunchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

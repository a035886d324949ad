package dev.paddock.gameserver;

import org.jspecify.annotations.Nullable;

/** The server cannot start; the message is a sentence for who deploys it, and holds no secret. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

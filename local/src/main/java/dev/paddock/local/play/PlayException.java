package dev.paddock.local.play;

/** Something that the play cannot go on without; the message is a sentence for the person who started it. */
class PlayException extends Exception {
    private static final long serialVersionUID = 1L;

    PlayException(String message) {
        super(message);
    }

    PlayException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.paddock.local.server;

/** Something could not be started. The message is a sentence for the person who asked for it. */
public final class StartFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartFailedException(String sentence) {
        super(sentence);
    }

    public StartFailedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}

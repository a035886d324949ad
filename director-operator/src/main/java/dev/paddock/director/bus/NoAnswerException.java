package dev.paddock.director.bus;

/** Nobody answered a request in time. Whether somebody acted on it is not known. */
public final class NoAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    NoAnswerException(String message) {
        super(message);
    }
}

package dev.paddock.replay;

/** A recording that cannot be replayed; the message is the line's number, and what is wrong with it. */
final class MalformedRecordingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedRecordingException(int line, String what) {
        super(line + ": " + what);
    }
}

package dev.paddock.director.fleet;

/**
 * Why a director has told a server to end.
 *
 * @param message for a person
 */
public record GivenUp(Cause cause, String message) {
    /** Which of the server's failures it was, if it was one. */
    public enum Cause {
        /** It was heard before, and is not any more: its process hangs, or its node is away. */
        SILENT,
        /** It did not speak in time. */
        NEVER_READY,
        /** No match wants it. */
        NOT_NEEDED
    }
}

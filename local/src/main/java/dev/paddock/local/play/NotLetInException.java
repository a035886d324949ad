package dev.paddock.local.play;

/** The connection to the game server was lost, or never made, before the server let the player in: another one may do. */
final class NotLetInException extends PlayException {
    private static final long serialVersionUID = 1L;

    NotLetInException(String message) {
        super(message);
    }

    NotLetInException(String message, Throwable cause) {
        super(message, cause);
    }
}

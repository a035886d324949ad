package dev.paddock.manager.socket;

/**
 * Why the manager closes a socket: code (RFC 6455 section 7.4; 4000 to 4999 are ours) and reason, at most 123 bytes.
 * {@code docs/websocket.md} says what a client does about each.
 */
enum Closing {
    BINARY(1003, "this protocol has text frames only"),
    NOT_JSON(1007, "a frame must be one JSON object in UTF-8"),
    UNKNOWN_TYPE(1008, "no frame of this type is expected from a client"),
    TOO_BIG(1009, "a client's frame may have 4 KiB"),
    BROKEN(1011, "the player's state cannot be read now; connect again"),
    RESTART(1012, "this manager goes away; connect again"),
    SLOW(1013, "frames were not read fast enough; connect again"),
    LOGGED_OUT(4401, "the login session has ended"),
    NO_PONG(4408, "no pong came back"),
    TOO_MANY(4409, "the player has opened too many sockets; this was the oldest");

    private final int code;
    private final String reason;

    Closing(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }
}

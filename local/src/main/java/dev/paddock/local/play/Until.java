package dev.paddock.local.play;

/** How far a match is played. */
enum Until {
    /** To its result. */
    RESULT,
    /** All joined the game server; then they resign. */
    JOINED
}

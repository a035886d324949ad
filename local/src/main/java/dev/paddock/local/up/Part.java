package dev.paddock.local.up;

import java.time.Duration;

/** The processes that make the platform, in the order in which they are stopped. */
enum Part {
    GAME_MANAGER("game-manager", Duration.ofSeconds(12)),
    /** Retires its game servers first. */
    DIRECTOR("director", Duration.ofSeconds(15)),
    INVENTORY("inventory", Duration.ofSeconds(8)),
    NATS("nats", Duration.ofSeconds(8)),
    REDIS("redis", Duration.ofSeconds(8)),
    MARIADB("mariadb", Duration.ofSeconds(12));

    private final String label;
    private final Duration grace;

    Part(String label, Duration grace) {
        this.label = label;
        this.grace = grace;
    }

    /** Its name on the screen and in file names. */
    String label() {
        return label;
    }

    /** How long it may take to end after SIGTERM. */
    Duration grace() {
        return grace;
    }
}

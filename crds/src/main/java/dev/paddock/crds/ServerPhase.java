package dev.paddock.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a game server is in its one-way life: {@code Pending → Starting → Standby → InMatch → Finished | Failed}. */
public enum ServerPhase {
    /** Declared; no pod yet. */
    @JsonProperty("Pending")
    PENDING,
    /** The pod is there, and not ready yet. */
    @JsonProperty("Starting")
    STARTING,
    /** Ready, without a match. */
    @JsonProperty("Standby")
    STANDBY,
    /** It serves its match. */
    @JsonProperty("InMatch")
    IN_MATCH,
    /** The match is over, or it was retired before it had one. */
    @JsonProperty("Finished")
    FINISHED,
    /** It is gone and left no result. */
    @JsonProperty("Failed")
    FAILED;

    /** Whether nothing comes after it. */
    public boolean isEnd() {
        return this == FINISHED || this == FAILED;
    }
}

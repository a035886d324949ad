package dev.paddock.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The nine stops of a match, from "Play" to {@code PlayerMatched}. One stop is one class, one log line with
 * {@code stop=} and {@code matchId=}, and one timer {@code paddock.match.stop{stop=...}}.
 *
 * <pre>
 * queued → formed → requested → assigned → [started] → ready → settled → pushed → told
 * </pre>
 */
public enum Stop {
    /** The ticket waits in Redis. */
    @JsonProperty("queued")
    QUEUED("queued", "the ticket waits in Redis"),
    /** The lease holder took the tickets out and appended the match, in one script. */
    @JsonProperty("formed")
    FORMED("formed", "the matcher brought the players together"),
    /** A manager asked the director of the match's region for a server. */
    @JsonProperty("requested")
    REQUESTED("requested", "a manager asked the director"),
    /** A standby server accepted the match, or a new server was declared. */
    @JsonProperty("assigned")
    ASSIGNED("assigned", "a game server has the match"),
    /** Cold start only: the new server's process (or Pod) was started. */
    @JsonProperty("started")
    STARTED("started", "a new game server was started (cold start only)"),
    /** The server has loaded the match and said which ports it bound. */
    @JsonProperty("ready")
    READY("ready", "the game server said which ports it bound"),
    /** The match's server is decided, once, in Redis. */
    @JsonProperty("settled")
    SETTLED("settled", "the endpoint is stored, once"),
    /** {@code PlayerMatched} is on its way to each player. */
    @JsonProperty("pushed")
    PUSHED("pushed", "PlayerMatched was sent to each player"),
    /** The player has it. */
    @JsonProperty("told")
    TOLD("told", "the player has it");

    private final String word;
    private final String meaning;

    Stop(String word, String meaning) {
        this.word = word;
        this.meaning = meaning;
    }

    /** The word in logs, metrics and JSON. */
    public String word() {
        return word;
    }

    /** What has happened when a match has passed here, for a person. */
    public String meaning() {
        return meaning;
    }
}

package dev.paddock.protocol.server;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A game server's answer to {@code assign}, {@code seat} and {@code retire}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServerReply.Accepted.class, name = "Accepted"),
    @JsonSubTypes.Type(value = ServerReply.Refused.class, name = "Refused")
})
public sealed interface ServerReply {
    /** It will be done. */
    record Accepted(String serverId) implements ServerReply {}

    /**
     * It will not be done.
     *
     * @param why {@code has-another-match}, {@code retiring}, {@code bad-request}; to {@code seat} also {@code no-free-seat}, {@code
     *     match-over}, {@code old-roster}
     */
    record Refused(String serverId, String why) implements ServerReply {}
}

package dev.paddock.protocol.match;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Director → manager: the present state of a match's server. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = StartReply.Starting.class, name = "Starting"),
    @JsonSubTypes.Type(value = StartReply.Assigned.class, name = "Assigned"),
    @JsonSubTypes.Type(value = StartReply.Running.class, name = "Running"),
    @JsonSubTypes.Type(value = StartReply.Over.class, name = "Over"),
    @JsonSubTypes.Type(value = StartReply.Gone.class, name = "Gone"),
    @JsonSubTypes.Type(value = StartReply.Refused.class, name = "Refused")
})
public sealed interface StartReply {
    /**
     * A server is being started for this match. The director watches over it, and says {@code Over} should it not come up: to
     * ask for another one meanwhile would only make both come later.
     */
    record Starting(String serverId, Instant at) implements StartReply {}

    /**
     * A server that runs has the match and will say {@code ready}.
     *
     * @param standby whether it stood ready; if not, it was started for this match
     */
    record Assigned(String serverId, boolean standby, Instant at) implements StartReply {}

    /** The server is ready; the same as the event, in case that was lost. */
    record Running(MatchEvent.Ready ready) implements StartReply {}

    /** The match ended or failed; the same as the event, in case that was lost. */
    record Over(MatchEvent event) implements StartReply {}

    /** Asked with {@code settledOn}: that server is not there any more, and left no result. */
    record Gone(String serverId) implements StartReply {}

    /**
     * No server can be had for this match.
     *
     * @param code {@code unknown-mode}, {@code no-capacity}, {@code bad-request}
     */
    record Refused(String code, String why, @Nullable String serverId) implements StartReply {}
}

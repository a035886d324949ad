package dev.paddock.protocol.frame;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Manager → the manager that holds the player's socket, on {@code paddock.player.<playerId>}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PlayerEvent.Push.class, name = "Push"),
    @JsonSubTypes.Type(value = PlayerEvent.LoggedOut.class, name = "LoggedOut"),
    @JsonSubTypes.Type(value = PlayerEvent.AreYouThere.class, name = "AreYouThere")
})
public sealed interface PlayerEvent {
    /** Send this frame. */
    record Push(Frame frame) implements PlayerEvent {}

    /** The login session has ended: close the sockets that were opened with it. */
    record LoggedOut(String jti) implements PlayerEvent {}

    /**
     * A request, answered {@link dev.paddock.protocol.Heard} by a manager that holds a socket of the player. NATS itself
     * answers at once if there is none.
     */
    record AreYouThere() implements PlayerEvent {}
}

package dev.paddock.protocol.game;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Objects;

/** Client → game server, one JSON object a line. The first line is {@link Join}, within 5 seconds. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ToServer.Join.class, name = "Join"),
    @JsonSubTypes.Type(value = ToServer.Input.class, name = "Input"),
    @JsonSubTypes.Type(value = ToServer.Resign.class, name = "Resign")
})
public sealed interface ToServer {
    /**
     * Every game: let me in.
     *
     * @param joinToken the JWT of {@code PlayerMatched}
     */
    record Join(String joinToken) implements ToServer {
        public Join {
            Objects.requireNonNull(joinToken, "a Join needs its joinToken");
        }

        /** Without the token, which must not reach a log. */
        @Override
        public String toString() {
            return "Join";
        }
    }

    /**
     * Drag race: the driver's hands, held until the next one.
     *
     * @param throttle 0 to 1; above 0 before green is a false start
     * @param gear wanted gear, 0 is neutral; above the car's last gear: the last gear
     */
    record Input(double throttle, int gear) implements ToServer {
        private static final int HIGHEST_GEAR = 20;

        public Input {
            // Said this way round so that NaN is refused too.
            if (!(throttle >= 0 && throttle <= 1)) {
                throw new IllegalArgumentException("throttle must be 0 to 1, is " + throttle);
            }
            if (gear < 0 || gear > HIGHEST_GEAR) {
                throw new IllegalArgumentException("gear must be 0 to " + HIGHEST_GEAR + ", is " + gear);
            }
        }
    }

    /** Drag race: I give up. */
    record Resign() implements ToServer {}
}

package dev.paddock.local.play;

import dev.paddock.protocol.game.Driver;
import dev.paddock.protocol.game.FromServer.Countdown;
import dev.paddock.protocol.game.FromServer.Phase;
import dev.paddock.protocol.game.FromServer.Snapshot;
import dev.paddock.protocol.game.ToServer.Input;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Driver} with a reaction time: whatever the driver would do, the first throttle comes so long after green was
 * seen. Says only what differs from what was sent last.
 */
final class Hands {
    private final Driver driver;
    private final Duration reaction;
    private @Nullable Instant offAt;
    private @Nullable Input sent;

    Hands(Driver driver, Duration reaction) {
        this.driver = driver;
        this.reaction = reaction;
    }

    /** The lights changed. */
    void see(Countdown lights, Instant now) {
        if (lights.green() && offAt == null) {
            offAt = now.plus(reaction);
        }
    }

    /** What to send after this snapshot, or null if that is what was sent last. */
    @Nullable
    Input see(Snapshot snapshot, Instant now) {
        if (snapshot.phase() == Phase.RACING && offAt == null) {
            // Joined again after green: the lights will not be shown once more.
            offAt = now.plus(reaction);
        }
        Input wanted = driver.react(snapshot);
        return change(wanted.throttle() > 0 && !mayDrive(now) ? new Input(0, 1) : wanted);
    }

    /** What to send now that {@link #untilOff} has passed, or null if the car is off already. */
    @Nullable
    Input off(Instant now) {
        boolean still = sent == null || sent.throttle() == 0;
        return still && mayDrive(now) ? change(new Input(1, 1)) : null;
    }

    /** How long until {@link #off} must be asked, or null if that is not known, or over. */
    @Nullable
    Duration untilOff(Instant now) {
        return offAt == null || now.isAfter(offAt) ? null : Duration.between(now, offAt);
    }

    private boolean mayDrive(Instant now) {
        return offAt != null && !now.isBefore(offAt);
    }

    private @Nullable Input change(Input wanted) {
        if (wanted.equals(sent)) {
            return null;
        }
        sent = wanted;
        return wanted;
    }
}

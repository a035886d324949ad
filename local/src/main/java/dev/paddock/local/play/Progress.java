package dev.paddock.local.play;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What is going on, a line at a time on standard error, so that nobody looks at nothing. */
final class Progress {
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(5);

    private final PrintWriter err;
    private final InstantSource clock;
    private Instant lastSometimes = Instant.EPOCH;

    Progress(PrintWriter err, InstantSource clock) {
        this.err = err;
        this.clock = clock;
    }

    synchronized void say(String line) {
        err.println(line);
        err.flush();
    }

    /** For what happens often: passed over if another such line was written a moment ago. */
    synchronized void sometimes(String line) {
        Instant now = clock.instant();
        if (Duration.between(lastSometimes, now).compareTo(AT_MOST_EVERY) < 0) {
            return;
        }
        lastSometimes = now;
        say(line);
    }
}

package dev.paddock.local.up;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What the person in front of {@code ./paddock up} reads: one line for each part, with its milliseconds. */
final class Screen {
    private final PrintWriter out;
    private final InstantSource clock;

    Screen(PrintWriter out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    synchronized void say(String line) {
        out.println(line);
        out.flush();
    }

    /** Something that takes seconds begins within a part. */
    void progress(Part part, String what) {
        say("  %-13s %s ...".formatted(part.label(), what));
    }

    void ready(Part part, Instant since, String where) {
        say("  %-13s ready after %5d ms  %s".formatted(part.label(), tookMs(since), where));
    }

    void stopped(Part part, Instant since) {
        say("  %-13s stopped after %d ms".formatted(part.label(), tookMs(since)));
    }

    private long tookMs(Instant since) {
        return Duration.between(since, now()).toMillis();
    }
}

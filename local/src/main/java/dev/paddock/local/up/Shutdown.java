package dev.paddock.local.up;

import org.jspecify.annotations.Nullable;

/**
 * Stops everything once, whoever asks first: the end of {@code up}, or a signal (Ctrl-C, SIGTERM, a closed terminal).
 * After a signal the exit code is 0: it did what it was asked.
 */
final class Shutdown {
    private final Screen screen;
    private @Nullable Lanes lanes;
    private @Nullable Running running;
    private @Nullable DataFolder data;
    private volatile boolean underWay;

    Shutdown(Screen screen) {
        this.screen = screen;
    }

    /** From now on a signal stops these. */
    synchronized void covers(Lanes startingLanes, Running runningParts, DataFolder dataFolder) {
        lanes = startingLanes;
        running = runningParts;
        data = dataFolder;
        Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal, "shutdown"));
    }

    private void onSignal() {
        if (!underWay) {
            screen.say("Stopping.");
        }
        if (stopAll()) {
            screen.say("Stopped.");
            Runtime.getRuntime().halt(0);
        }
    }

    boolean isUnderWay() {
        return underWay;
    }

    /** Whether this call was the one that stopped it. */
    synchronized boolean stopAll() {
        if (underWay || lanes == null || running == null || data == null) {
            return false;
        }
        underWay = true;
        lanes.close();
        running.stopAll();
        // What was just being started when we were told to stop has been recorded, too.
        data.endLeftovers();
        return true;
    }
}

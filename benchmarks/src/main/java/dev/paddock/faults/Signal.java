package dev.paddock.faults;

import dev.paddock.local.server.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What is sent to one process, by its pid. */
enum Signal {
    STOP,
    CONT;

    void to(ChildProcess process) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name(), Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (exit != 0 && process.isAlive()) {
                throw new IllegalStateException("SIG%s could not be sent to %s".formatted(name(), process.name()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("there is no kill on the PATH", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

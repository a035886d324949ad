package dev.paddock.bench;

import dev.paddock.local.server.ChildProcess;
import dev.paddock.local.server.Folders;
import dev.paddock.local.server.ProcessRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A service as it is shipped: a process of its own, with a folder that goes when it ends. Of one that died the folder stays, as
 * its log says why.
 */
record ShippedService(ChildProcess process, Path folder) implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(20);

    /** @param folder its own, with its settings in it */
    static ShippedService start(String name, List<String> argv, Path folder) {
        ChildProcess process = ChildProcess.start(
                new ChildProcess.Command(name, argv, folder, folder.resolve(name + ".log"), null),
                new ProcessRecords(folder.resolve("pids")));
        // Also when the benchmark is broken off: a director that is left would lead the next one's.
        Runtime.getRuntime().addShutdownHook(new Thread(process::close, name));
        return new ShippedService(process, folder);
    }

    @Override
    public void close() {
        boolean died = !process.isAlive();
        process.stop(GRACE);
        if (died) {
            return;
        }
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

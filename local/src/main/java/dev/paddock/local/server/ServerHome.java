package dev.paddock.local.server;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where a server lives.
 *
 * @param data the folder for what it stores, made if it is not there
 * @param log the file for what it prints
 * @param progress is told in a few words before something that takes seconds
 */
public record ServerHome(Path data, Path log, ProcessRecords records, Consumer<String> progress) {
    /** All of it in one folder. */
    public static ServerHome in(Path folder, Consumer<String> progress) {
        return new ServerHome(
                folder.resolve("data"),
                folder.resolve("server.log"),
                new ProcessRecords(folder.resolve("pids")),
                progress);
    }

    ChildProcess run(String name, java.util.List<String> argv) {
        return ChildProcess.start(new ChildProcess.Command(name, argv, data, log, null), records);
    }
}

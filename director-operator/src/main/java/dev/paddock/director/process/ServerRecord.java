package dev.paddock.director.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A running server, as written in {@code pids/<serverId>.json}: enough to end it, or to take it over.
 *
 * @param startedAt when the process started, milliseconds since 1970: a pid alone may be another process by now
 * @param name for people who look into the folder
 * @param owner the director that started it or took it over
 */
record ServerRecord(long pid, long startedAt, String name, String serverId, String mode, String template, Owner owner) {
    /** The JDK computes start times from the boot time, which moves by up to a second between two JVMs. */
    private static final Duration SAME_START = Duration.ofSeconds(2);

    /** A director's process. */
    record Owner(long pid, long startedAt) {
        static Owner thisProcess() {
            ProcessHandle self = ProcessHandle.current();
            return new Owner(self.pid(), startOf(self));
        }

        boolean isAlive() {
            return alive(pid, startedAt).isPresent();
        }
    }

    static ServerRecord of(ProcessHandle process, String serverId, String mode, String template, Owner owner) {
        return new ServerRecord(
                process.pid(), startOf(process), "game-server-" + mode, serverId, mode, template, owner);
    }

    ServerRecord ownedBy(Owner next) {
        return new ServerRecord(pid, startedAt, name, serverId, mode, template, next);
    }

    Optional<ProcessHandle> process() {
        return alive(pid, startedAt);
    }

    private static Optional<ProcessHandle> alive(long pid, long startedAt) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> Math.abs(startOf(process) - startedAt) < SAME_START.toMillis());
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}

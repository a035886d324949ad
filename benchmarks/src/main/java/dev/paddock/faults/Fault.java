package dev.paddock.faults;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What is broken, and how it is mended. */
enum Fault {
    KILL_MANAGER("kill -9 a manager, start it again"),
    KILL_HOLDER("kill -9 the manager with the lease, start it again"),
    PAUSE_HOLDER("SIGSTOP the manager with the lease until another has it, SIGCONT"),
    PAUSE_MANAGER("SIGSTOP a manager, SIGCONT"),
    CUT_LINK("close all connections of a manager to Redis", RedisKind.ONE),
    LATE_COMMIT(
            "hold back what the manager with the lease says to Redis until another has the lease, then deliver it",
            RedisKind.ONE),
    RESTART_REDIS("SIGTERM Redis, start it on its append-only file", RedisKind.ONE),
    KILL_REDIS("kill -9 Redis, start it on its append-only file", RedisKind.ONE),
    PAUSE_REDIS("SIGSTOP Redis, SIGCONT", RedisKind.ONE),
    RESTART_NATS("kill -9 NATS, start it again"),
    PAUSE_NATS("SIGSTOP NATS, SIGCONT"),
    PAUSE_MARIADB("SIGSTOP MariaDB, SIGCONT"),
    KILL_PRIMARY("kill -9 a primary, start it again as the replica of the one that took over", RedisKind.CLUSTER),
    LOSE_PRIMARY(
            "cut a primary off from its replica, kill -9 it a moment later, start it again as a replica",
            RedisKind.CLUSTER),
    RESTART_REPLICA("SIGTERM a replica, start it again", RedisKind.CLUSTER);

    private final String what;
    private final Set<RedisKind> kinds;

    Fault(String what) {
        this.what = what;
        this.kinds = EnumSet.allOf(RedisKind.class);
    }

    Fault(String what, RedisKind only) {
        this.what = what;
        this.kinds = EnumSet.of(only);
    }

    /** All that can be done there, in their order. */
    static List<Fault> on(RedisKind kind) {
        return Arrays.stream(values()).filter(fault -> fault.isPossibleOn(kind)).toList();
    }

    boolean isPossibleOn(RedisKind kind) {
        return kinds.contains(kind);
    }

    String what() {
        return what;
    }
}

package dev.paddock.faults;

/** What is broken, and how it is mended. */
enum Fault {
    KILL_MANAGER("kill -9 a manager, start it again"),
    KILL_HOLDER("kill -9 the manager with the lease, start it again"),
    PAUSE_HOLDER("SIGSTOP the manager with the lease until another has it, SIGCONT"),
    PAUSE_MANAGER("SIGSTOP a manager, SIGCONT"),
    CUT_LINK("close all connections of a manager to Redis"),
    LATE_COMMIT("hold back what the manager with the lease says to Redis until another has the lease, then deliver it"),
    RESTART_REDIS("SIGTERM Redis, start it on its append-only file"),
    KILL_REDIS("kill -9 Redis, start it on its append-only file"),
    PAUSE_REDIS("SIGSTOP Redis, SIGCONT"),
    RESTART_NATS("kill -9 NATS, start it again"),
    PAUSE_NATS("SIGSTOP NATS, SIGCONT"),
    PAUSE_MARIADB("SIGSTOP MariaDB, SIGCONT");

    private final String what;

    Fault(String what) {
        this.what = what;
    }

    String what() {
        return what;
    }
}

package dev.paddock.faults;

/** What the managers of a run keep everything in. */
enum RedisKind {
    ONE,
    /** Three primaries with a replica each. */
    CLUSTER
}

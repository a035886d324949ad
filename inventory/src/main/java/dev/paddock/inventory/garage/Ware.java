package dev.paddock.inventory.garage;

import dev.paddock.inventory.problem.ProblemKind;

/** What can be bought. */
enum Ware {
    CAR(ProblemKind.UNKNOWN_CAR),
    ITEM(ProblemKind.UNKNOWN_ITEM);

    private final ProblemKind unknown;

    Ware(ProblemKind unknown) {
        this.unknown = unknown;
    }

    /** The problem when the store has no such one. */
    ProblemKind unknown() {
        return unknown;
    }
}

package dev.paddock.inventory.garage;

/** What came of a wish to buy. */
enum Outcome {
    BOUGHT,
    ALREADY_OWNED,
    NOT_ENOUGH_MONEY,
    UNKNOWN
}

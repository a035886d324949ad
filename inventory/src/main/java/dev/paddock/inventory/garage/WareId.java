package dev.paddock.inventory.garage;

/** What ids of cars and items look like. */
final class WareId {
    static final String FORM = "[a-z0-9-]{1,40}";
    static final String MESSAGE = "must be 1 to 40 lower-case letters, digits and dashes";

    private WareId() {}
}

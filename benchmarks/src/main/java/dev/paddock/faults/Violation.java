package dev.paddock.faults;

/**
 * A promise that was not kept.
 *
 * @param id of the ticket, match or player whose history tells more; empty for none
 */
record Violation(String id, String what) {}

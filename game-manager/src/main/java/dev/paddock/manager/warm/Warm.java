package dev.paddock.manager.warm;

/**
 * A part of the way of a match that is slow the first time. Each package that has one has one of these. Its keys, subjects
 * and players are {@link #NOBODY}'s, so that no real queue, match or player is touched, and it writes nothing.
 */
public interface Warm {
    /** A mode, region, player, ticket and match that there never is: no id or name of a resource has capitals. */
    String NOBODY = "NOBODY-warm-up";

    /** Goes the way without a trace. May block, and may fail: whatever it needs can be away. */
    void warm();
}

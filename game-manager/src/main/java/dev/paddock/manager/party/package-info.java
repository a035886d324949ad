/**
 * Parties: players who stay together, by a code. A party lives in Redis as one hash, changed by one script at a time, and a
 * player is in one party. All parties share a slot of Redis, because a change touches the party and which party a player is
 * in; they change seldom beside tickets. Read {@link dev.paddock.manager.party.Parties} first; it owns the keys {@code
 * paddock:{party}:…}. What a party's change means for a ticket is the business of {@code ticket}.
 */
@NullMarked
package dev.paddock.manager.party;

import org.jspecify.annotations.NullMarked;

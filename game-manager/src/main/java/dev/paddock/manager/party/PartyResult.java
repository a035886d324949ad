package dev.paddock.manager.party;

/** What came of a change of a party. */
sealed interface PartyResult {
    /** It is so now, or was before. */
    record Done(Party party) implements PartyResult {}

    /** There is no such party, or the player is not in it. */
    record Unknown() implements PartyResult {}

    /** The player is in another party. */
    record InAnother(String code) implements PartyResult {}

    /** It has as many members as it may have. */
    record Full(int most) implements PartyResult {}
}

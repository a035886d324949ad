package dev.paddock.inventory.garage;

import org.jspecify.annotations.Nullable;

/**
 * What a wish to buy comes to, decided from what is seen under the player's lock.
 *
 * @param price of the ware; 0 if it is unknown
 * @param balance in the wallet afterwards
 */
record Deal(Outcome outcome, long price, long balance) {
    /**
     * Decides. What is owned is said before what cannot be paid: with more money it would not be sold either.
     *
     * @param price null: the store has no such ware
     */
    static Deal decide(@Nullable Long price, boolean owned, long balance) {
        if (price == null) {
            return new Deal(Outcome.UNKNOWN, 0, balance);
        }
        if (owned) {
            return new Deal(Outcome.ALREADY_OWNED, price, balance);
        }
        if (price > balance) {
            return new Deal(Outcome.NOT_ENOUGH_MONEY, price, balance);
        }
        return new Deal(Outcome.BOUGHT, price, balance - price);
    }
}

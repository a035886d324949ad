package dev.paddock.inventory.garage;

import dev.paddock.inventory.store.Car;
import dev.paddock.inventory.store.Item;
import dev.paddock.protocol.match.Loadout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether items can be fitted to a car, and what both come to. Pure. */
sealed interface Fitting {
    /** They can. */
    record Fits(Loadout loadout) implements Fitting {}

    /** The player does not have that car or item. */
    record NotOwned(String id) implements Fitting {}

    /** The item is for another kind of car. */
    record DoesNotFit(String itemId, String carId) implements Fitting {}

    /** The car has fewer slots. */
    record TooManyItems(int items, int slots) implements Fitting {}

    /**
     * Decides.
     *
     * @param items what shall be fitted, each once
     * @param ownedCars ids of the cars that the player has
     * @param ownedItems ids of the items that the player has
     */
    static Fitting of(Car car, List<Item> items, Set<String> ownedCars, Set<String> ownedItems) {
        String missing = missing(car, items, ownedCars, ownedItems);
        if (missing != null) {
            return new NotOwned(missing);
        }
        if (items.size() > car.slots()) {
            return new TooManyItems(items.size(), car.slots());
        }
        for (Item item : items) {
            if (!item.fits(car)) {
                return new DoesNotFit(item.itemId(), car.carId());
            }
        }
        return new Fits(loadout(car, items));
    }

    /** The loadout as a match takes it: the car's stats, and on top what each item adds or takes. */
    static Loadout loadout(Car car, List<Item> items) {
        Map<String, Double> stats = new HashMap<>(car.stats());
        for (Item item : items) {
            item.stats().forEach((stat, delta) -> stats.merge(stat, delta, Fitting::sum));
        }
        return new Loadout(
                car.carId(), items.stream().map(Item::itemId).sorted().toList(), stats);
    }

    /** Without the binary tail: 0.95 and 0.15 are 1.1, not 1.0999999999999999. */
    private static double sum(double stat, double delta) {
        return Math.round((stat + delta) * 1e6) / 1e6;
    }

    private static @Nullable String missing(Car car, List<Item> items, Set<String> ownedCars, Set<String> ownedItems) {
        if (!ownedCars.contains(car.carId())) {
            return car.carId();
        }
        for (Item item : items) {
            if (!ownedItems.contains(item.itemId())) {
                return item.itemId();
            }
        }
        return null;
    }
}

package dev.paddock.inventory.garage;

import dev.paddock.inventory.problem.ProblemException;
import dev.paddock.inventory.problem.ProblemKind;
import dev.paddock.inventory.store.Car;
import dev.paddock.inventory.store.CarRepository;
import dev.paddock.inventory.store.Item;
import dev.paddock.inventory.store.ItemRepository;
import dev.paddock.protocol.match.Loadout;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads and changes the active loadout: one owned car, and what is fitted to it. */
@Singleton
class Mechanic {
    private final CarRepository cars;
    private final ItemRepository items;
    private final WalletRepository wallets;
    private final GarageRepository garages;

    Mechanic(CarRepository cars, ItemRepository items, WalletRepository wallets, GarageRepository garages) {
        this.cars = cars;
        this.items = items;
        this.wallets = wallets;
        this.garages = garages;
    }

    /**
     * The loadout that the player would take into a match now; empty: the player is unknown here. Two look-ups by key, as a
     * player waits for it. The items are asked for by the car of the first look-up, so that a change in between can't mix
     * one car with the items of another.
     */
    @Transactional(readOnly = true)
    public Optional<Loadout> active(String playerId) {
        return cars.active(playerId).map(car -> Fitting.loadout(car, items.fitted(playerId, car.carId())));
    }

    /**
     * Fits exactly these items to the car and makes it the active one. What was fitted to it before goes on the shelf; what
     * sits in another car is taken out of that.
     *
     * @param itemIds each once
     */
    @Transactional
    public Fitting change(String playerId, String carId, List<String> itemIds) {
        if (wallets.lock(playerId).isEmpty()) {
            throw new IllegalStateException("no wallet for playerId=" + playerId);
        }
        Car car = cars.find(carId)
                .orElseThrow(() -> new ProblemException(ProblemKind.UNKNOWN_CAR, "There is no " + carId + "."));
        List<Item> wanted = itemIds.stream().map(this::item).toList();
        Fitting fitting = Fitting.of(car, wanted, ownedCars(playerId), ownedItems(playerId));
        if (fitting instanceof Fitting.Fits) {
            garages.strip(playerId, carId);
            itemIds.forEach(itemId -> garages.fit(playerId, itemId, carId));
            garages.activate(playerId, carId);
        }
        return fitting;
    }

    private Item item(String itemId) {
        return items.find(itemId)
                .orElseThrow(() -> new ProblemException(ProblemKind.UNKNOWN_ITEM, "There is no " + itemId + "."));
    }

    private Set<String> ownedCars(String playerId) {
        return garages.cars(playerId).stream().map(OwnedCar::carId).collect(Collectors.toSet());
    }

    private Set<String> ownedItems(String playerId) {
        return garages.items(playerId).stream().map(OwnedItem::itemId).collect(Collectors.toSet());
    }
}

package dev.paddock.inventory.garage;

import dev.paddock.inventory.InventorySettings;
import dev.paddock.inventory.StartRefusedException;
import dev.paddock.inventory.store.CarRepository;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.inject.Singleton;

/** Refuses to start with a starter car that the store does not have: nobody could be welcomed. */
@Singleton
class StarterCheck implements ApplicationEventListener<StartupEvent> {
    private final InventorySettings settings;
    private final CarRepository cars;

    StarterCheck(InventorySettings settings, CarRepository cars) {
        this.settings = settings;
        this.cars = cars;
    }

    @Override
    public void onApplicationEvent(StartupEvent event) {
        if (cars.find(settings.starterCar()).isEmpty()) {
            throw new StartRefusedException(
                    "Set paddock.inventory.starter-car (PADDOCK_INVENTORY_STARTER_CAR) to a car of the store; there is no '"
                            + settings.starterCar() + "'.");
        }
    }
}

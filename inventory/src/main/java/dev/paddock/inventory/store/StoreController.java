package dev.paddock.inventory.store;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** What the store sells. */
@Controller("/internal")
@ExecuteOn(TaskExecutors.BLOCKING)
class StoreController {
    private final CarRepository cars;
    private final ItemRepository items;

    StoreController(CarRepository cars, ItemRepository items) {
        this.cars = cars;
        this.items = items;
    }

    @Get("/cars")
    CarList cars() {
        return new CarList(cars.all());
    }

    @Get("/items")
    ItemList items() {
        return new ItemList(items.all());
    }

    /** All cars, cheapest first. */
    @Introspected
    record CarList(List<Car> cars) {}

    /** All items, cheapest first. */
    @Introspected
    record ItemList(List<Item> items) {}
}

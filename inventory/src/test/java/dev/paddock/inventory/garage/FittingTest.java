package dev.paddock.inventory.garage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.inventory.store.Car;
import dev.paddock.inventory.store.Item;
import dev.paddock.protocol.match.Loadout;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FittingTest {
    private static final Car CAR = new Car("coupe", "Coupe", "street", 100, 2, Map.of("powerKw", 100.0, "grip", 0.95));
    private static final Item TYRES = new Item("tyres", "Tyres", null, 10, Map.of("grip", 0.15));
    private static final Item TURBO = new Item("turbo", "Turbo", "street", 10, Map.of("powerKw", 45.0, "massKg", 20.0));
    private static final Item CELLS = new Item("cells", "Cells", "electric", 10, Map.of("powerKw", 60.0));
    private static final Item SEATS = new Item("seats", "Seats", null, 10, Map.of("massKg", -30.0));
    private static final Set<String> CARS = Set.of("coupe");
    private static final Set<String> ITEMS = Set.of("tyres", "turbo", "cells", "seats");

    @Test
    void aLoadoutIsTheCarAndWhatItsItemsAdd() {
        assertThat(Fitting.of(CAR, List.of(TYRES, TURBO), CARS, ITEMS))
                .isEqualTo(new Fitting.Fits(new Loadout(
                        "coupe", List.of("turbo", "tyres"), Map.of("powerKw", 145.0, "grip", 1.1, "massKg", 20.0))));
    }

    @Test
    void aCarWithoutItemsHasItsOwnStats() {
        assertThat(Fitting.loadout(CAR, List.of())).isEqualTo(new Loadout("coupe", List.of(), CAR.stats()));
    }

    @Test
    void anItemForAnotherKindOfCarDoesNotFit() {
        assertThat(Fitting.of(CAR, List.of(TYRES, CELLS), CARS, ITEMS))
                .isEqualTo(new Fitting.DoesNotFit("cells", "coupe"));
    }

    @Test
    void aCarTakesNoMoreItemsThanItHasSlots() {
        assertThat(Fitting.of(CAR, List.of(TYRES, TURBO, SEATS), CARS, ITEMS))
                .isEqualTo(new Fitting.TooManyItems(3, 2));
    }

    @Test
    void aCarThatIsNotOwnedIsNotDriven() {
        assertThat(Fitting.of(CAR, List.of(), Set.of("van"), ITEMS)).isEqualTo(new Fitting.NotOwned("coupe"));
    }

    @Test
    void anItemThatIsNotOwnedIsNotFitted() {
        assertThat(Fitting.of(CAR, List.of(TYRES, TURBO), CARS, Set.of("tyres")))
                .isEqualTo(new Fitting.NotOwned("turbo"));
    }

    @Test
    void owningACarIsNotOwningAnItemOfTheSameName() {
        assertThat(Fitting.of(CAR, List.of(TYRES), Set.of("coupe", "tyres"), Set.of()))
                .isEqualTo(new Fitting.NotOwned("tyres"));
    }
}

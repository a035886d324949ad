package dev.paddock.inventory.garage;

import io.micronaut.core.annotation.Introspected;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** The body of a wish to buy an item. */
@Introspected
record BuyItem(
        @NotNull @Pattern(regexp = WareId.FORM, message = WareId.MESSAGE)
        String itemId) {}

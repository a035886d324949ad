package dev.paddock.inventory.garage;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.micronaut.core.annotation.Introspected;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** The body of a wish to buy an item. */
@Introspected
record BuyItem(
        @NotNull @Pattern(regexp = WareId.FORM, message = WareId.MESSAGE)
        String itemId) {
    // Without this a bare text would do for the whole body.
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    BuyItem {}
}

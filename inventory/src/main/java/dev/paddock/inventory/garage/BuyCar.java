package dev.paddock.inventory.garage;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.micronaut.core.annotation.Introspected;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** The body of a wish to buy a car. */
@Introspected
record BuyCar(
        @NotNull @Pattern(regexp = WareId.FORM, message = WareId.MESSAGE)
        String carId) {
    // Without this a bare text would do for the whole body.
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    BuyCar {}
}

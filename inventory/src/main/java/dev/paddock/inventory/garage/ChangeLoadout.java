package dev.paddock.inventory.garage;

import io.micronaut.core.annotation.Introspected;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/** The body of a wish to change the loadout: exactly these items on this car. */
@Introspected
record ChangeLoadout(
        @NotNull @Pattern(regexp = WareId.FORM, message = WareId.MESSAGE)
        String carId,

        @NotNull @Size(max = MOST_ITEMS, message = "must be {max} at most")
        List<@NotNull @Pattern(regexp = WareId.FORM, message = WareId.MESSAGE) String> items) {
    /** More than any car has slots for; keeps the look-ups of one request few. */
    static final int MOST_ITEMS = 16;
}

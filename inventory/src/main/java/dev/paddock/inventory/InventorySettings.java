package dev.paddock.inventory;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import org.jspecify.annotations.Nullable;

/**
 * The settings of this service.
 *
 * @param tokenFile {@code paddock.inventory.token-file} ({@code PADDOCK_INVENTORY_TOKEN_FILE}), required: the path of the
 *     file that holds the service token, which callers send as {@code Authorization: Bearer}. At least 16 characters.
 * @param startingBalance {@code paddock.inventory.starting-balance} ({@code PADDOCK_INVENTORY_STARTING_BALANCE}), default
 *     1000: what is in the wallet of a player at first contact
 * @param starterCar {@code paddock.inventory.starter-car} ({@code PADDOCK_INVENTORY_STARTER_CAR}), default
 *     {@code street-one}: the car of the store that a player has from the start
 */
@ConfigurationProperties("paddock.inventory")
public record InventorySettings(
        @Nullable String tokenFile,
        @Bindable(defaultValue = "1000") long startingBalance,
        @Bindable(defaultValue = "street-one") String starterCar) {
    public InventorySettings {
        if (startingBalance < 0) {
            throw new StartRefusedException(
                    "Set paddock.inventory.starting-balance to 0 or more; it is " + startingBalance + ".");
        }
    }
}

package dev.paddock.manager.garage;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the inventory service is.
 *
 * @param url {@code PADDOCK_INVENTORY_URL}, default {@code http://127.0.0.1:8081}
 * @param tokenFile {@code PADDOCK_INVENTORY_TOKEN_FILE}, required: path of the file with the service token that the
 *     inventory service knows too
 * @param timeout {@code PADDOCK_INVENTORY_TIMEOUT}, default {@code 3s}: for what a player asks of store and garage
 * @param loadoutTimeout {@code PADDOCK_INVENTORY_LOADOUT_TIMEOUT}, default {@code 200ms}: for the loadout of a ticket;
 *     after it the ticket takes the default loadout
 * @param pause {@code PADDOCK_INVENTORY_PAUSE}, default {@code 5s}: how long tickets do not ask again after a failure
 */
@ConfigurationProperties("paddock.inventory")
record InventorySettings(
        @Bindable(defaultValue = "http://127.0.0.1:8081") URI url,
        @Nullable String tokenFile,
        @Bindable(defaultValue = "3s") Duration timeout,
        @Bindable(defaultValue = "200ms") Duration loadoutTimeout,
        @Bindable(defaultValue = "5s") Duration pause) {
    /** The service token. */
    String token() {
        if (tokenFile == null || tokenFile.isBlank()) {
            throw new IllegalStateException(
                    "Set paddock.inventory.token-file to the file with the inventory service's token");
        }
        try {
            String token = Files.readString(Path.of(tokenFile)).strip();
            if (token.isEmpty()) {
                throw new IllegalStateException("paddock.inventory.token-file=" + tokenFile + " is empty");
            }
            return token;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Set paddock.inventory.token-file to a file that can be read, is " + tokenFile, e);
        }
    }
}

package dev.paddock.inventory.garage;

import dev.paddock.inventory.InventorySettings;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a player, at first contact, what everybody starts with: a wallet, the starter car, and a loadout of it. All in one
 * transaction, so that a player is either unknown or complete.
 */
@Singleton
class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final InventorySettings settings;
    private final WalletRepository wallets;
    private final GarageRepository garages;
    private final InstantSource time;

    Reception(InventorySettings settings, WalletRepository wallets, GarageRepository garages, InstantSource time) {
        this.settings = settings;
        this.wallets = wallets;
        this.garages = garages;
        this.time = time;
    }

    /** After this the player is known; for one who was, nothing changes. */
    @Transactional
    public void welcome(String playerId) {
        if (wallets.find(playerId).isPresent()) {
            return;
        }
        Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
        // Of several first contacts at once the primary key lets one through; the others wait for its commit.
        if (wallets.create(playerId, settings.startingBalance(), now) == 0) {
            return;
        }
        garages.addCar(playerId, settings.starterCar(), now);
        garages.addLoadout(playerId, settings.starterCar());
        LOG.info(
                "player welcomed playerId={} balance={} carId={}",
                playerId,
                settings.startingBalance(),
                settings.starterCar());
    }
}

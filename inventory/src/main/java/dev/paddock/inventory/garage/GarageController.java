package dev.paddock.inventory.garage;

import dev.paddock.inventory.problem.ProblemException;
import dev.paddock.inventory.problem.ProblemKind;
import dev.paddock.protocol.match.Loadout;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.validation.Valid;

/** What a player has, and takes into a match, over HTTP. */
@Controller("/internal/players/{playerId}")
@ExecuteOn(TaskExecutors.BLOCKING)
class GarageController {
    private final Reception reception;
    private final Mechanic mechanic;
    private final WalletRepository wallets;
    private final GarageRepository garages;

    GarageController(Reception reception, Mechanic mechanic, WalletRepository wallets, GarageRepository garages) {
        this.reception = reception;
        this.mechanic = mechanic;
        this.wallets = wallets;
        this.garages = garages;
    }

    @Get("/garage")
    Garage garage(String playerId) {
        Loadout loadout = active(Form.playerId(playerId));
        long balance = wallets.find(playerId).orElseThrow().balance();
        return new Garage(playerId, balance, garages.cars(playerId), garages.items(playerId), loadout);
    }

    @Get("/loadout")
    Loadout loadout(String playerId) {
        return active(Form.playerId(playerId));
    }

    @Put("/loadout")
    Loadout change(String playerId, @Valid @Body ChangeLoadout body) {
        reception.welcome(Form.playerId(playerId));
        return switch (mechanic.change(playerId, body.carId(), Form.eachOnce(body.items()))) {
            case Fitting.Fits fits -> fits.loadout();
            case Fitting.NotOwned missing ->
                throw new ProblemException(ProblemKind.NOT_OWNED, "The player does not have " + missing.id() + ".");
            case Fitting.DoesNotFit misfit ->
                throw new ProblemException(
                        ProblemKind.DOES_NOT_FIT, misfit.itemId() + " does not fit " + misfit.carId() + ".");
            case Fitting.TooManyItems many ->
                throw new ProblemException(
                        ProblemKind.TOO_MANY_ITEMS, many.items() + " items, the car has " + many.slots() + " slots.");
        };
    }

    /** A look first: nearly always the player is known, and that costs no write. */
    private Loadout active(String playerId) {
        return mechanic.active(playerId).orElseGet(() -> {
            reception.welcome(playerId);
            return mechanic.active(playerId).orElseThrow();
        });
    }
}

package dev.paddock.inventory.garage;

import dev.paddock.inventory.problem.ProblemException;
import dev.paddock.inventory.problem.ProblemKind;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Buying over HTTP. */
@Controller("/internal/players/{playerId}")
@ExecuteOn(TaskExecutors.BLOCKING)
class PurchaseController {
    private static final Logger LOG = LoggerFactory.getLogger(PurchaseController.class);
    private static final String KEY = "Idempotency-Key";

    private final Reception reception;
    private final Cashier cashier;

    PurchaseController(Reception reception, Cashier cashier) {
        this.reception = reception;
        this.cashier = cashier;
    }

    @Post("/cars")
    HttpResponse<Receipt> buyCar(String playerId, @Nullable @Header(KEY) String key, @Valid @Body BuyCar body) {
        return buy(new Wish(Form.playerId(playerId), Ware.CAR, body.carId(), Form.idempotencyKey(key)));
    }

    @Post("/items")
    HttpResponse<Receipt> buyItem(String playerId, @Nullable @Header(KEY) String key, @Valid @Body BuyItem body) {
        return buy(new Wish(Form.playerId(playerId), Ware.ITEM, body.itemId(), Form.idempotencyKey(key)));
    }

    private HttpResponse<Receipt> buy(Wish wish) {
        reception.welcome(wish.playerId());
        Purchase purchase = cashier.sell(wish);
        LOG.info(
                "purchase decided playerId={} ware={} wareId={} outcome={} price={} balance={}",
                wish.playerId(),
                wish.ware(),
                wish.wareId(),
                purchase.outcome(),
                purchase.price(),
                purchase.balance());
        return switch (purchase.outcome()) {
            case BOUGHT -> HttpResponse.created(Receipt.of(purchase));
            case ALREADY_OWNED ->
                throw new ProblemException(ProblemKind.ALREADY_OWNED, "The player has " + wish.wareId() + " already.");
            case NOT_ENOUGH_MONEY ->
                throw new ProblemException(
                        ProblemKind.NOT_ENOUGH_MONEY,
                        wish.wareId() + " costs " + purchase.price() + ", the wallet holds " + purchase.balance()
                                + ".");
            case UNKNOWN ->
                throw new ProblemException(wish.ware().unknown(), "The store has no " + wish.wareId() + ".");
        };
    }
}

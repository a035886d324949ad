package dev.paddock.inventory.garage;

import dev.paddock.inventory.problem.ProblemException;
import dev.paddock.inventory.problem.ProblemKind;
import dev.paddock.inventory.store.Car;
import dev.paddock.inventory.store.CarRepository;
import dev.paddock.inventory.store.Item;
import dev.paddock.inventory.store.ItemRepository;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sells: one payment for one ware, or neither.
 *
 * <pre>
 * lock the wallet → answered before? → decide → pay → hand over → write down → commit
 * </pre>
 *
 * Everything after the lock is one transaction that one wish at a time of a player's can be in. Should the lock ever fail
 * to hold, the conditional update of {@code pay}, the table's CHECK and the primary keys of what is owned still refuse a
 * negative balance and a second car.
 */
@Singleton
class Cashier {
    private final CarRepository cars;
    private final ItemRepository items;
    private final WalletRepository wallets;
    private final GarageRepository garages;
    private final PurchaseRepository purchases;
    private final InstantSource time;

    Cashier(
            CarRepository cars,
            ItemRepository items,
            WalletRepository wallets,
            GarageRepository garages,
            PurchaseRepository purchases,
            InstantSource time) {
        this.cars = cars;
        this.items = items;
        this.wallets = wallets;
        this.garages = garages;
        this.purchases = purchases;
        this.time = time;
    }

    /**
     * Grants the wish, or says why not. With a key, a refusal is written down too, so that a repeat is told the same.
     *
     * @throws ProblemException if the key was used for another wish
     */
    @Transactional
    public Purchase sell(Wish wish) {
        Wallet wallet = wallets.lock(wish.playerId())
                .orElseThrow(() -> new IllegalStateException("no wallet for playerId=" + wish.playerId()));
        Optional<Purchase> earlier = earlier(wish);
        if (earlier.isPresent()) {
            return sameWish(earlier.get(), wish);
        }
        Deal deal = Deal.decide(price(wish), owns(wish), wallet.balance());
        Purchase purchase = Purchase.of(wish, deal, time.instant().truncatedTo(ChronoUnit.MILLIS));
        if (deal.outcome() == Outcome.BOUGHT) {
            pay(purchase);
            handOver(purchase);
            return purchases.save(purchase);
        }
        return wish.key() == null ? purchase : purchases.save(purchase);
    }

    private Optional<Purchase> earlier(Wish wish) {
        String key = wish.key();
        return key == null ? Optional.empty() : purchases.earlier(wish.playerId(), key);
    }

    private static Purchase sameWish(Purchase earlier, Wish wish) {
        if (!earlier.answers(wish)) {
            throw new ProblemException(
                    ProblemKind.KEY_REUSED, "It was used to buy " + earlier.wareId() + "; take a new one.");
        }
        return earlier;
    }

    private @Nullable Long price(Wish wish) {
        return switch (wish.ware()) {
            case CAR -> cars.find(wish.wareId()).map(Car::price).orElse(null);
            case ITEM -> items.find(wish.wareId()).map(Item::price).orElse(null);
        };
    }

    private boolean owns(Wish wish) {
        return switch (wish.ware()) {
            case CAR ->
                garages.cars(wish.playerId()).stream()
                        .anyMatch(car -> car.carId().equals(wish.wareId()));
            case ITEM ->
                garages.items(wish.playerId()).stream()
                        .anyMatch(item -> item.itemId().equals(wish.wareId()));
        };
    }

    private void pay(Purchase purchase) {
        if (wallets.pay(purchase.playerId(), purchase.price()) != 1) {
            throw new IllegalStateException("the wallet of playerId=" + purchase.playerId()
                    + " changed under its lock, price=" + purchase.price());
        }
    }

    private void handOver(Purchase purchase) {
        Instant at = purchase.decidedAt();
        int rows = switch (purchase.ware()) {
            case CAR -> garages.addCar(purchase.playerId(), purchase.wareId(), at);
            case ITEM -> garages.addItem(purchase.playerId(), purchase.wareId(), at);
        };
        if (rows != 1) {
            throw new IllegalStateException(
                    "handed over " + rows + " of " + purchase.wareId() + " to playerId=" + purchase.playerId());
        }
    }
}

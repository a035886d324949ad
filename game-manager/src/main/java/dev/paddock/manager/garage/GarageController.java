package dev.paddock.manager.garage;

import dev.paddock.manager.account.Caller;
import dev.paddock.manager.problem.Checks;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The store, and what the caller owns. The inventory service decides; this passes on. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
final class GarageController {
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");
    private static final String ID_RULE = "must be 1 to 40 lower-case letters, digits and dashes";
    private static final int MOST_ITEMS = 32;

    private final Garage garage;

    GarageController(Garage garage) {
        this.garage = garage;
    }

    /** The cars that the store sells. */
    @Get("/store/cars")
    HttpResponse<byte[]> cars() {
        return garage.cars();
    }

    /** The items that the store sells. */
    @Get("/store/items")
    HttpResponse<byte[]> items() {
        return garage.items();
    }

    /** The caller's cars, items, money and active loadout. */
    @Get("/garage")
    HttpResponse<byte[]> garage(Authentication authentication) {
        return garage.of(playerId(authentication));
    }

    /** Buys a car. */
    @Post("/garage/cars")
    HttpResponse<byte[]> buyCar(
            @Body CarWish wish,
            @Header("Idempotency-Key") @Nullable String idempotencyKey,
            Authentication authentication) {
        new Checks().that(isId(wish.carId()), "carId", ID_RULE).done();
        return garage.buy(playerId(authentication), "cars", wish, Checks.idempotencyKey(idempotencyKey));
    }

    /** Buys an item. */
    @Post("/garage/items")
    HttpResponse<byte[]> buyItem(
            @Body ItemWish wish,
            @Header("Idempotency-Key") @Nullable String idempotencyKey,
            Authentication authentication) {
        new Checks().that(isId(wish.itemId()), "itemId", ID_RULE).done();
        return garage.buy(playerId(authentication), "items", wish, Checks.idempotencyKey(idempotencyKey));
    }

    /** Chooses the car, and the items on it, for the matches to come. */
    @Put("/garage/loadout")
    HttpResponse<byte[]> chooseLoadout(@Body LoadoutWish wish, Authentication authentication) {
        List<@Nullable String> items = wish.items() == null ? List.of() : wish.items();
        new Checks()
                .that(isId(wish.carId()), "carId", ID_RULE)
                .that(items.size() <= MOST_ITEMS, "items", "may be " + MOST_ITEMS + " at most")
                .that(items.stream().allMatch(GarageController::isId), "items", "each " + ID_RULE)
                .done();
        return garage.choose(playerId(authentication), new LoadoutWish(wish.carId(), items));
    }

    private static String playerId(Authentication authentication) {
        return Caller.of(authentication).playerId();
    }

    private static boolean isId(@Nullable String text) {
        return text != null && ID.matcher(text).matches();
    }

    /** Body of {@code POST /v1/garage/cars}. */
    @Introspected
    record CarWish(@Nullable String carId) {}

    /** Body of {@code POST /v1/garage/items}. */
    @Introspected
    record ItemWish(@Nullable String itemId) {}

    /** Body of {@code PUT /v1/garage/loadout}. */
    @Introspected
    record LoadoutWish(@Nullable String carId, @Nullable List<@Nullable String> items) {}
}

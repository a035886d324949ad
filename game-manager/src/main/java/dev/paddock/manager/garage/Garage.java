package dev.paddock.manager.garage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.manager.garage.Inventory.Answer;
import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.MalformedException;
import dev.paddock.protocol.match.Loadout;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on to the inventory service what players ask of store and garage, and its problems back in our words. */
@Singleton
final class Garage {
    private static final Logger LOG = LoggerFactory.getLogger(Garage.class);

    private final Inventory inventory;
    private final Loadouts loadouts;
    private final InventorySettings settings;

    Garage(Inventory inventory, Loadouts loadouts, InventorySettings settings) {
        this.inventory = inventory;
        this.loadouts = loadouts;
        this.settings = settings;
    }

    HttpResponse<byte[]> cars() {
        return passOn(() -> inventory.get("/internal/cars", settings.timeout()));
    }

    HttpResponse<byte[]> items() {
        return passOn(() -> inventory.get("/internal/items", settings.timeout()));
    }

    HttpResponse<byte[]> of(String playerId) {
        return passOn(() -> inventory.get(player(playerId) + "/garage", settings.timeout()));
    }

    /** @param ware {@code cars} or {@code items} */
    HttpResponse<byte[]> buy(String playerId, String ware, Object wish, @Nullable String idempotencyKey) {
        return passOn(() ->
                inventory.post(player(playerId) + "/" + ware, Json.bytes(wish), idempotencyKey, settings.timeout()));
    }

    HttpResponse<byte[]> choose(String playerId, Object wish) {
        String change = loadouts.changing(playerId);
        return passOn(() -> {
            Answer answer = inventory.put(player(playerId) + "/loadout", Json.bytes(wish), settings.timeout());
            if (answer.isOk()) {
                loadouts.changed(playerId, change, Json.read(answer.body(), Loadout.class));
            } else {
                loadouts.unchanged(playerId, change);
            }
            return answer;
        });
    }

    private static String player(String playerId) {
        return "/internal/players/" + playerId;
    }

    private static HttpResponse<byte[]> passOn(Call call) {
        try {
            Answer answer = call.make();
            if (!answer.isOk()) {
                throw problem(answer);
            }
            return HttpResponse.<byte[]>status(HttpStatus.valueOf(answer.status()))
                    .body(answer.body())
                    .contentType(MediaType.APPLICATION_JSON_TYPE);
        } catch (InventoryUnavailableException | MalformedException e) {
            LOG.warn("inventory unavailable why={}", e.getMessage());
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "Store and garages are closed; matches are not.", Duration.ofSeconds(2));
        }
    }

    private static ProblemException problem(Answer answer) throws InventoryUnavailableException {
        JsonNode problem = Json.read(answer.body(), JsonNode.class);
        String uri = problem.path("type").asText();
        String slug = uri.substring(uri.lastIndexOf('/') + 1);
        ProblemType type = (slug.equals("idempotency-key-reused")
                        ? Optional.of(ProblemType.IDEMPOTENCY_MISMATCH)
                        : ProblemType.ofSlug(slug))
                .orElseThrow(() -> new InventoryUnavailableException("problem type that nobody knows: " + slug));
        return new ProblemException(type, problem.path("detail").asText(type.title()));
    }

    private interface Call {
        Answer make() throws InventoryUnavailableException;
    }
}

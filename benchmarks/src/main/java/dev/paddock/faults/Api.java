package dev.paddock.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.MalformedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One player's calls, each to any of the managers, as a load balancer would send them. */
final class Api {
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private final HttpClient http;
    private final List<URI> managers;
    private final Tally tally;
    private final String token;
    private final SplittableRandom random;

    Api(HttpClient http, List<URI> managers, Tally tally, String token, SplittableRandom random) {
        this.http = http;
        this.managers = managers;
        this.tally = tally;
        this.token = token;
        this.random = random;
    }

    /** An answer that settles the matter. */
    record Answer(int status, JsonNode json) {
        boolean isGood() {
            return status / 100 == 2;
        }

        String problem() {
            String type = json.path("type").asText("");
            return type.substring(type.lastIndexOf('/') + 1);
        }
    }

    /** Null when nobody answered, or only to come again later. */
    @Nullable
    Answer get(String path) {
        return send(request(path).GET());
    }

    @Nullable
    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    @Nullable
    Answer post(String path, String key, Object body) {
        return send(request(path)
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.bytes(body))));
    }

    URI any() {
        return managers.get(random.nextInt(managers.size()));
    }

    HttpClient http() {
        return http;
    }

    String bearer() {
        return "Bearer " + token;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(any().resolve(path)).timeout(PATIENCE).header("Authorization", bearer());
    }

    private @Nullable Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            int status = response.statusCode();
            tally.count(Integer.toString(status));
            if (status >= 500 || status == 429 || status == 401) {
                // 401: Redis is away, and so is the login session; a real client would log in again.
                return null;
            }
            String body = response.body();
            return new Answer(status, body.isEmpty() ? MissingNode.getInstance() : Json.read(body, JsonNode.class));
        } catch (IOException | MalformedException e) {
            tally.count(e.getClass().getSimpleName());
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** A ticket that any region will do for. */
    static Map<String, Object> ticket(String mode) {
        return Map.of("mode", mode);
    }
}

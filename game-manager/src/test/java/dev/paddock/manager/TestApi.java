package dev.paddock.manager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.paddock.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A client of the REST API, as far from the manager's own classes as a stranger's would be.
 *
 * @param token of the player on whose behalf it calls; null: nobody
 */
public record TestApi(URI url, @Nullable String token) {
    public static final String PASSWORD = "correct horse";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final AtomicInteger PLAYERS = new AtomicInteger();

    public TestApi(URI url) {
        this(url, null);
    }

    /** The same client, logged in with that token. */
    public TestApi as(@Nullable String accessToken) {
        return new TestApi(url, accessToken);
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public Answer post(String path, Object body) {
        return post(path, body, Map.of());
    }

    public Answer post(String path, Object body, Map<String, String> headers) {
        return send("POST", path, Json.text(body), headers);
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, Json.text(body), Map.of());
    }

    /** Sends what may not be JSON at all. */
    public Answer send(String method, String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request = request(path).setHeader("Content-Type", "application/json");
        headers.forEach(request::setHeader);
        return send(request.method(method, BodyPublishers.ofString(body)));
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(20));
        if (token != null) {
            request.setHeader("Authorization", "Bearer " + token);
        }
        return request;
    }

    /** Registers a new player and logs in. */
    public Player newPlayer() {
        String name = "player " + PLAYERS.incrementAndGet();
        Answer registered = post("/v1/players", Map.of("name", name, "password", PASSWORD));
        assertThat(registered.status()).as(registered.text()).isEqualTo(201);
        return login(name);
    }

    /** Logs a player in who has the password of all test players. */
    public Player login(String name) {
        Answer login = post("/v1/login", Map.of("name", name, "password", PASSWORD));
        assertThat(login.status()).as(login.text()).isEqualTo(200);
        JsonNode tokens = login.json();
        String accessToken = tokens.get("accessToken").asText();
        return new Player(
                tokens.get("playerId").asText(),
                name,
                accessToken,
                tokens.get("refreshToken").asText(),
                as(accessToken));
    }

    /** A player who is logged in, with the client that calls on the player's behalf. */
    public record Player(String playerId, String name, String accessToken, String refreshToken, TestApi api) {}

    /** What came back. */
    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String text() {
            return response.body();
        }

        public JsonNode json() {
            return text().isEmpty() ? MissingNode.getInstance() : Json.read(text(), JsonNode.class);
        }

        public @Nullable String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        /** The slug of the problem; empty if it is none. */
        public String problem() {
            String contentType = header("Content-Type");
            if (contentType == null || !contentType.startsWith("application/problem+json")) {
                return "";
            }
            String type = json().path("type").asText();
            assertThat(json().path("status").asInt()).isEqualTo(status());
            assertThat(json().path("title").asText()).isNotEmpty();
            assertThat(json().path("detail").asText()).isNotEmpty();
            return type.substring(type.lastIndexOf('/') + 1);
        }
    }
}

package dev.paddock.local.play;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.paddock.protocol.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The REST half of the platform (DESIGN 4.1). An answer that is not 2xx becomes a {@link ProblemException}; "too many
 * requests" is waited out as the platform asks, {@value #TRIES} times at most.
 */
final class Api {
    private static final int TRIES = 10;
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final HttpClient http;
    private final URI base;
    private final Progress progress;
    private final StopSignal stop;
    private final ObjectMapper mapper = Json.newMapper();

    /** @param base scheme, host and port, without a path */
    Api(HttpClient http, URI base, Progress progress, StopSignal stop) {
        this.http = http;
        this.base = base;
        this.progress = progress;
        this.stop = stop;
    }

    HttpClient http() {
        return http;
    }

    URI base() {
        return base;
    }

    JsonNode get(String path, @Nullable String token) throws PlayException, InterruptedException {
        return send(request(path, token).GET());
    }

    JsonNode post(String path, @Nullable String token, Map<String, ?> body, Map<String, String> headers)
            throws PlayException, InterruptedException {
        HttpRequest.Builder request = request(path, token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.bytes(body)));
        headers.forEach(request::header);
        return send(request);
    }

    JsonNode delete(String path, String token) throws PlayException, InterruptedException {
        return send(request(path, token).DELETE());
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).header("Accept", "application/json");
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest.Builder builder) throws PlayException, InterruptedException {
        HttpRequest request = builder.build();
        for (int attempt = 1; ; attempt++) {
            HttpResponse<String> response = exchange(request);
            if (response.statusCode() / 100 == 2) {
                return parse(request, response.body());
            }
            ProblemException problem = problem(request, response);
            if (response.statusCode() != 429 || attempt == TRIES) {
                throw problem;
            }
            Duration wait = retryAfter(response);
            progress.say(problem.getMessage() + "; trying again in " + wait.toSeconds() + " s");
            stop.pause(wait);
        }
    }

    private HttpResponse<String> exchange(HttpRequest request) throws PlayException, InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new PlayException("No platform answers at " + base + "; start one with ./paddock up", e);
        } catch (HttpTimeoutException e) {
            throw new PlayException(name(request) + " was not answered within " + TIMEOUT.toSeconds() + " s", e);
        } catch (IOException e) {
            throw new PlayException(name(request) + " failed: " + e.getMessage(), e);
        }
    }

    private JsonNode parse(HttpRequest request, String body) throws PlayException {
        try {
            return body.isEmpty() ? MissingNode.getInstance() : mapper.readTree(body);
        } catch (JsonProcessingException e) {
            throw new PlayException(
                    name(request) + " was answered with something that is not JSON: is this Paddock at " + base + "?",
                    e);
        }
    }

    private ProblemException problem(HttpRequest request, HttpResponse<String> response) {
        JsonNode body;
        try {
            body = mapper.readTree(response.body());
        } catch (JsonProcessingException e) {
            // Not ours then: a proxy, or another program on that port.
            body = MissingNode.getInstance();
        }
        String what = name(request) + " was answered with " + response.statusCode();
        String title = body.path("title").asText("");
        if (title.isEmpty()) {
            return new ProblemException(response.statusCode(), "", what + ": is this Paddock at " + base + "?");
        }
        String type = body.path("type").asText("");
        String detail = body.path("detail").asText("");
        String text = detail.isEmpty() ? title : title + ": " + detail;
        return new ProblemException(
                response.statusCode(), type.substring(type.lastIndexOf('/') + 1), what + ": " + text);
    }

    private static String name(HttpRequest request) {
        return request.method() + " " + request.uri().getPath();
    }

    private static Duration retryAfter(HttpResponse<String> response) {
        long seconds = response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Long::parseLong)
                .orElse(1L);
        return Duration.ofSeconds(Math.clamp(seconds, 1, LONGEST_WAIT.toSeconds()));
    }
}

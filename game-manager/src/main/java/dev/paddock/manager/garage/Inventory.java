package dev.paddock.manager.garage;

import io.micronaut.context.annotation.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The inventory service's internal API, over connections that are kept. Blocks; for virtual threads. */
@Context
final class Inventory implements AutoCloseable {
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final String url;
    private final String token;

    Inventory(InventorySettings settings) {
        this.url = settings.url().toString().replaceAll("/+$", "");
        this.token = settings.token();
    }

    Answer get(String path, Duration timeout) throws InventoryUnavailableException {
        return send(to(path, timeout).GET());
    }

    Answer post(String path, byte[] json, @Nullable String idempotencyKey, Duration timeout)
            throws InventoryUnavailableException {
        HttpRequest.Builder request = to(path, timeout).POST(BodyPublishers.ofByteArray(json));
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return send(request);
    }

    Answer put(String path, byte[] json, Duration timeout) throws InventoryUnavailableException {
        return send(to(path, timeout).PUT(BodyPublishers.ofByteArray(json)));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder to(String path, Duration timeout) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(timeout)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json, application/problem+json")
                .header("Content-Type", "application/json");
    }

    private Answer send(HttpRequest.Builder builder) throws InventoryUnavailableException {
        HttpRequest request = builder.build();
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() >= 500 || response.statusCode() == 401 || response.statusCode() == 403) {
                throw new InventoryUnavailableException(
                        request.method() + " " + request.uri().getPath() + " was answered " + response.statusCode());
            }
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new InventoryUnavailableException(
                    request.method() + " " + request.uri().getPath() + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InventoryUnavailableException("interrupted");
        }
    }

    /**
     * What the service said.
     *
     * @param body JSON: the thing, or the problem
     */
    @SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
    record Answer(int status, byte[] body) {
        boolean isOk() {
            return status < 300;
        }
    }
}

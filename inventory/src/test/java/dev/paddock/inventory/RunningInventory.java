package dev.paddock.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.paddock.local.server.MysqlDatabase;
import dev.paddock.protocol.Id;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The service as its callers see it, on a real database, for tests. */
final class RunningInventory implements AutoCloseable {
    static final String TOKEN = "a-token-for-tests-alone";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final MysqlDatabase database;
    private final Path tokenFile;
    private final EmbeddedServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningInventory(MysqlDatabase database, Path tokenFile, EmbeddedServer server) {
        this.database = database;
        this.tokenFile = tokenFile;
        this.server = server;
    }

    static RunningInventory on(MysqlDatabase database) {
        Path tokenFile = tokenFile();
        var settings = Map.<String, Object>of(
                "micronaut.server.port", -1,
                "datasources.default.url", database.url(),
                "datasources.default.username", database.user(),
                "datasources.default.password", database.password(),
                "paddock.inventory.token-file", tokenFile.toString());
        return new RunningInventory(database, tokenFile, ApplicationContext.run(EmbeddedServer.class, settings));
    }

    static Path tokenFile() {
        try {
            return Files.writeString(Files.createTempFile("inventory", ".token"), TOKEN + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A player whom nobody has seen yet. */
    static String newPlayer() {
        return Id.next(RANDOM);
    }

    /** What was answered; the body is a missing node if it was no JSON. */
    record Answer(int status, String contentType, JsonNode json) {
        /** The last part of a problem's type, "" if it is none. */
        String problem() {
            String prefix = "https://paddock.dev/problems/";
            String type = json.path("type").asText();
            boolean isProblem = contentType.equals("application/problem+json")
                    && type.startsWith(prefix)
                    && json.path("status").asInt() == status;
            return isProblem ? type.substring(prefix.length()) : "";
        }
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, String body) {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    Answer postWithKey(String path, String key, String body) {
        return send(request(path).header("Idempotency-Key", key).POST(BodyPublishers.ofString(body)));
    }

    Answer put(String path, String body) {
        return send(request(path).PUT(BodyPublishers.ofString(body)));
    }

    Answer buyCar(String playerId, String carId) {
        return post("/internal/players/" + playerId + "/cars", "{\"carId\":\"" + carId + "\"}");
    }

    Answer buyItem(String playerId, String itemId) {
        return post("/internal/players/" + playerId + "/items", "{\"itemId\":\"" + itemId + "\"}");
    }

    JsonNode garage(String playerId) {
        return get("/internal/players/" + playerId + "/garage").json();
    }

    /** A request with the service token. */
    HttpRequest.Builder request(String path) {
        return bare(path).header("Authorization", "Bearer " + TOKEN);
    }

    /** A request without it. */
    HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(URI.create(server.getURL() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json");
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            String type = response.headers().firstValue("Content-Type").orElse("");
            return new Answer(
                    response.statusCode(),
                    type,
                    type.contains("json") ? JSON.readTree(response.body()) : JSON.missingNode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    int update(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    long number(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Calls all of them at once, and answers in their order. */
    static List<Answer> atOnce(List<Callable<Answer>> calls) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    @Override
    public void close() {
        http.close();
        server.getApplicationContext().close();
        try {
            Files.deleteIfExists(tokenFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

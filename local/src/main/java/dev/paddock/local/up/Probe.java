package dev.paddock.local.up;

import dev.paddock.local.server.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/** Asks a service over HTTP until it gives a good answer, and stops asking when its process ends. */
final class Probe {
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Duration BOUND = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER)
            .build();

    /** @throws dev.paddock.local.server.StartFailedException if it ends, or gives no good answer in time */
    void await(ChildProcess service, String url, Predicate<String> good) {
        Instant deadline = Instant.now().plus(BOUND);
        while (!answersWell(url, good)) {
            if (service.endedWithin(BETWEEN)) {
                throw service.died();
            }
            if (Instant.now().isAfter(deadline)) {
                throw service.failed(
                        "%s gave no good answer at %s within %d s".formatted(service.name(), url, BOUND.toSeconds()));
            }
        }
    }

    private boolean answersWell(String url, Predicate<String> good) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(ANSWER).build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 && good.test(answer.body());
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

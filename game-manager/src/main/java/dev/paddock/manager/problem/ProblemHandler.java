package dev.paddock.manager.problem;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Answers what was thrown as a problem. */
@Singleton
final class ProblemHandler implements ExceptionHandler<ProblemException, HttpResponse<?>> {
    @Override
    @SuppressWarnings("rawtypes") // Micronaut declares it so.
    public HttpResponse<?> handle(HttpRequest request, ProblemException exception) {
        MutableHttpResponse<Problem> answer = Problem.of(
                        exception.type(), String.valueOf(exception.getMessage()), exception.errors())
                .answer();
        Duration retryAfter = exception.retryAfter();
        if (retryAfter != null) {
            // Whole seconds, rounded up: who comes at that time is not sent away again.
            answer.header(
                    "Retry-After",
                    Long.toString(Math.max(1, retryAfter.plusMillis(999).toSeconds())));
        }
        return answer;
    }
}

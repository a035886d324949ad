package dev.paddock.manager.problem;

import dev.paddock.protocol.Id;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what nobody expected: with 503 if something behind is away, else with 500 and an id that the log has too. */
@Singleton
final class FailureHandler implements ExceptionHandler<Throwable, HttpResponse<?>> {
    private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

    private final RandomGenerator random;

    FailureHandler(RandomGenerator random) {
        this.random = random;
    }

    @Override
    @SuppressWarnings("rawtypes") // Micronaut declares it so.
    public HttpResponse<?> handle(HttpRequest request, Throwable failure) {
        String away = Causes.whatIsAway(failure);
        if (away != null) {
            LOG.warn("unavailable call={} {} why={}", request.getMethodName(), request.getPath(), away);
            return Problem.of(ProblemType.UNAVAILABLE, "Try again in a moment.", List.of())
                    .answer()
                    .header("Retry-After", "1");
        }
        String instance = "urn:paddock:error:" + Id.next(random);
        LOG.error("failed call={} {} instance={}", request.getMethodName(), request.getPath(), instance, failure);
        return Problem.internal(instance).answer();
    }
}

package dev.paddock.inventory.problem;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Answers with the problem that was thrown. */
@Singleton
@SuppressWarnings("rawtypes") // Micronaut asks for the raw request type.
class ProblemExceptionHandler implements ExceptionHandler<ProblemException, HttpResponse<Problem>> {
    @Override
    public HttpResponse<Problem> handle(HttpRequest request, ProblemException exception) {
        return Problem.answer(exception.kind(), exception.detail());
    }
}

package dev.paddock.manager.problem;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import jakarta.inject.Singleton;
import java.util.List;

/** Answers whom the security filter did not let in. */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
final class RefusalHandler implements ExceptionHandler<AuthorizationException, HttpResponse<?>> {
    @Override
    @SuppressWarnings("rawtypes") // Micronaut declares it so.
    public HttpResponse<?> handle(HttpRequest request, AuthorizationException exception) {
        if (exception.isForbidden()) {
            return Problem.of(ProblemType.FORBIDDEN, "This is not for this player.", List.of())
                    .answer();
        }
        String detail = request.getHeaders().contains("Authorization")
                ? "The access token is not valid, has expired, or its login session has ended."
                : "Send an access token: Authorization: Bearer <accessToken>.";
        return Problem.of(ProblemType.UNAUTHORIZED, detail, List.of()).answer();
    }
}

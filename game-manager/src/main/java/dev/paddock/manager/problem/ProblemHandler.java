package dev.paddock.manager.problem;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.rules.SecurityRule;
import java.time.Duration;
import java.util.List;

/**
 * Answers what was thrown as a problem, and whom the security filter did not let in. Error routes, not {@code
 * ExceptionHandler}s: those Micronaut looks up among all beans for each answer, which took a quarter of the time of a
 * manager that refuses many.
 */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
final class ProblemHandler {
    @Error(global = true)
    HttpResponse<Problem> problem(ProblemException exception) {
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

    @Error(global = true)
    HttpResponse<Problem> refused(HttpRequest<?> request, AuthorizationException exception) {
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

package dev.paddock.inventory.access;

import dev.paddock.inventory.problem.Problem;
import dev.paddock.inventory.problem.ProblemKind;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who knows the service token. Closed unless listed as open, so that neither a new route nor another spelling of a
 * path is open by accident.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
class ServiceTokenFilter {
    private static final Set<String> OPEN = Set.of("/health", "/health/liveness", "/health/readiness", "/prometheus");
    private static final String SCHEME = "Bearer ";

    private final ServiceToken token;

    ServiceTokenFilter(ServiceToken token) {
        this.token = token;
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> check(HttpRequest<?> request) {
        if (OPEN.contains(request.getPath()) || isKnown(request.getHeaders().get(HttpHeaders.AUTHORIZATION))) {
            return null;
        }
        return Problem.answer(ProblemKind.UNAUTHORIZED, "Send Authorization: Bearer with the service token.")
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }

    private boolean isKnown(@Nullable String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && token.is(authorization.substring(SCHEME.length()));
    }
}

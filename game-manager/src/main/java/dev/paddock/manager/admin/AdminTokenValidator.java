package dev.paddock.manager.admin;

import io.micronaut.context.annotation.Context;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Lets in who shows the operators' token, on {@code /v1/admin} alone: nowhere else is an operator somebody. The token is
 * read at the start, and compared in a time that says nothing about it. Eager, so that a file that cannot be read is
 * noticed at the start.
 */
@Context
final class AdminTokenValidator implements TokenValidator<HttpRequest<?>> {
    /** The role of who has shown the token. */
    static final String ADMIN = "ADMIN";

    private static final String PATHS = "/v1/admin/";

    private final byte[] token;

    AdminTokenValidator(AdminSettings settings) {
        this.token = settings.token();
    }

    @Override
    public Publisher<Authentication> validateToken(String shown, HttpRequest<?> request) {
        boolean isAdmin = token.length > 0
                && request.getPath().startsWith(PATHS)
                && MessageDigest.isEqual(token, shown.getBytes(StandardCharsets.UTF_8));
        return isAdmin ? Mono.just(Authentication.build("admin", List.of(ADMIN))) : Mono.empty();
    }
}

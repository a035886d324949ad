package dev.paddock.manager.account;

import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Lets in who presents a valid access token of a login session that has not ended. Runs on the event loop: the session is
 * asked for without blocking. A Redis that is away is an error of ours (503) and not the caller's (401).
 */
@Singleton
final class AccessTokenValidator implements TokenValidator<HttpRequest<?>> {
    private final AccessTokens tokens;
    private final LoginSessions sessions;

    AccessTokenValidator(AccessTokens tokens, LoginSessions sessions) {
        this.tokens = tokens;
        this.sessions = sessions;
    }

    @Override
    public Publisher<Authentication> validateToken(String token, HttpRequest<?> request) {
        Caller caller = tokens.read(token);
        if (caller == null) {
            return Mono.empty();
        }
        return Mono.fromCompletionStage(() -> sessions.looksLive(caller.jti()))
                .filter(live -> live)
                .map(live -> authentication(caller));
    }

    private static Authentication authentication(Caller caller) {
        return Authentication.build(
                caller.playerId(), Map.of(Caller.CLAIM_NAME, caller.name(), Caller.CLAIM_JTI, caller.jti()));
    }
}

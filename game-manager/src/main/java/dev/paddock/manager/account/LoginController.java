package dev.paddock.manager.account;

import dev.paddock.manager.limits.ClientAddress;
import dev.paddock.manager.problem.Checks;
import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import org.jspecify.annotations.Nullable;

/** Log in, refresh, log out. */
@Controller("/v1/login")
@ExecuteOn(TaskExecutors.BLOCKING)
final class LoginController {
    private final Login login;
    private final LoginSessions sessions;
    private final AccessTokens tokens;
    private final ClientAddress addresses;

    LoginController(Login login, LoginSessions sessions, AccessTokens tokens, ClientAddress addresses) {
        this.login = login;
        this.sessions = sessions;
        this.tokens = tokens;
        this.addresses = addresses;
    }

    /** Opens a login session. */
    @Post
    @Secured(SecurityRule.IS_ANONYMOUS)
    HttpResponse<TokenAnswer> login(@Body Credentials credentials, HttpRequest<?> request) {
        return answer(login.login(credentials, addresses.of(request)));
    }

    /** Gives the next pair of tokens for a refresh token, which is good for one time. */
    @Post("/refresh")
    @Secured(SecurityRule.IS_ANONYMOUS)
    HttpResponse<TokenAnswer> refresh(@Body RefreshWish wish) {
        String text = wish.refreshToken();
        new Checks().that(text != null, "refreshToken", "must be there").done();
        RefreshToken token = RefreshToken.parse(String.valueOf(text));
        LoginSessions.Opened renewed = token == null ? null : sessions.refresh(token);
        if (renewed == null) {
            throw new ProblemException(
                    ProblemType.LOGIN_FAILED, "The refresh token is not good, or not any more; log in again.");
        }
        return answer(renewed);
    }

    /** Ends the login session, on every replica, at once. */
    @Delete
    @Status(HttpStatus.NO_CONTENT)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    void logout(Authentication authentication) {
        sessions.end(Caller.of(authentication));
    }

    private HttpResponse<TokenAnswer> answer(LoginSessions.Opened session) {
        TokenAnswer answer = new TokenAnswer(
                tokens.sign(session.caller()),
                session.refreshToken().text(),
                "Bearer",
                tokens.lifetime().toSeconds(),
                session.caller().playerId());
        return HttpResponse.ok(answer).header("Cache-Control", "no-store");
    }

    /** Body of {@code POST /v1/login/refresh}. */
    @Introspected
    record RefreshWish(@Nullable String refreshToken) {
        /** Without the token. */
        @Override
        public String toString() {
            return "RefreshWish[]";
        }
    }

    /**
     * What a player is logged in with.
     *
     * @param expiresIn seconds that the access token is good for
     */
    @Introspected
    record TokenAnswer(String accessToken, String refreshToken, String tokenType, long expiresIn, String playerId) {
        /** Without the tokens. */
        @Override
        public String toString() {
            return "TokenAnswer[playerId=" + playerId + "]";
        }
    }
}

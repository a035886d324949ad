package dev.paddock.local.play;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An account's login session: tokens, renewed before they end, until it logs out. */
final class Login {
    /** So long before its end an access token is renewed. */
    private static final Duration EARLY = Duration.ofSeconds(60);

    private final Api api;
    private final InstantSource clock;
    private final String playerId;
    private @Nullable Tokens tokens;

    private Login(Api api, InstantSource clock, String playerId, Tokens tokens) {
        this.api = api;
        this.clock = clock;
        this.playerId = playerId;
        this.tokens = tokens;
    }

    /** Makes the account and logs in. */
    static Login register(Api api, InstantSource clock, String name, String password)
            throws PlayException, InterruptedException {
        Map<String, String> credentials = Map.of("name", name, "password", password);
        JsonNode registered = api.post("/v1/players", null, credentials, Map.of());
        JsonNode answer = api.post("/v1/login", null, credentials, Map.of());
        String playerId = text(answer, "playerId");
        if (!playerId.equals(text(registered, "playerId"))) {
            throw new PlayException("POST /v1/players and POST /v1/login name different players for " + name);
        }
        return new Login(api, clock, playerId, Tokens.from(answer, clock.instant()));
    }

    String playerId() {
        return playerId;
    }

    synchronized boolean isLoggedIn() {
        return tokens != null;
    }

    /** An access token that lives a while yet. */
    synchronized String token() throws PlayException, InterruptedException {
        if (tokens == null) {
            throw new PlayException("logged out");
        }
        Instant now = clock.instant();
        if (now.isAfter(tokens.accessUntil.minus(EARLY))) {
            JsonNode answer = api.post("/v1/login/refresh", null, Map.of("refreshToken", tokens.refresh), Map.of());
            tokens = Tokens.from(answer, now);
        }
        return tokens.access;
    }

    synchronized void logOut() throws PlayException, InterruptedException {
        if (tokens == null) {
            return;
        }
        String access = token();
        tokens = null;
        api.delete("/v1/login", access);
    }

    private static String text(JsonNode node, String field) throws PlayException {
        String text = node.path(field).asText("");
        if (text.isEmpty()) {
            throw new PlayException("the platform's answer has no " + field);
        }
        return text;
    }

    private record Tokens(String access, String refresh, Instant accessUntil) {

        static Tokens from(JsonNode answer, Instant now) throws PlayException {
            return new Tokens(
                    text(answer, "accessToken"),
                    text(answer, "refreshToken"),
                    now.plusSeconds(answer.path("expiresIn").asLong(0)));
        }

        /** Without the tokens, which must not reach a log. */
        @Override
        public String toString() {
            return "Tokens until " + accessUntil;
        }
    }
}

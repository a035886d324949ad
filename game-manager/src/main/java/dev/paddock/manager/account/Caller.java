package dev.paddock.manager.account;

import io.micronaut.security.authentication.Authentication;

/**
 * Who makes this request: the player of a valid access token whose login session has not ended. A controller takes an
 * {@code io.micronaut.security.authentication.Authentication} and gives it to {@link #of}.
 *
 * @param jti the login session
 */
public record Caller(String playerId, String name, String jti) {
    /** Attribute of the authentication, and claim of the token, that holds the player's name. */
    public static final String CLAIM_NAME = "name";

    /** Attribute of the authentication, and claim of the token, that names the login session. */
    public static final String CLAIM_JTI = "jti";

    /** The caller whom {@link AccessTokenValidator} has let in. */
    public static Caller of(Authentication authentication) {
        var attributes = authentication.getAttributes();
        return new Caller(
                authentication.getName(),
                String.valueOf(attributes.get(CLAIM_NAME)),
                String.valueOf(attributes.get(CLAIM_JTI)));
    }
}

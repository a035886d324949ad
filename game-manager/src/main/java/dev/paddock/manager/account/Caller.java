package dev.paddock.manager.account;

/**
 * Who makes this request: the player of a valid access token whose login session has not ended. Controllers take it from
 * {@code io.micronaut.security.authentication.Authentication} with {@link #CLAIM_NAME} and friends.
 *
 * @param jti the login session
 */
public record Caller(String playerId, String name, String jti) {
    /** Attribute of the authentication, and claim of the token, that holds the player's name. */
    public static final String CLAIM_NAME = "name";

    /** Attribute of the authentication, and claim of the token, that names the login session. */
    public static final String CLAIM_JTI = "jti";
}

package dev.paddock.manager.problem;

import io.micronaut.http.HttpStatus;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/**
 * Every kind of error that a caller can meet. The slug is stable: clients switch over it ({@code type} =
 * {@code https://paddock.dev/problems/<slug>}).
 */
public enum ProblemType {
    BAD_REQUEST("bad-request", HttpStatus.BAD_REQUEST, "The request is not what this call takes"),
    UNAUTHORIZED("unauthorized", HttpStatus.UNAUTHORIZED, "Log in first"),
    LOGIN_FAILED("login-failed", HttpStatus.UNAUTHORIZED, "Name or password is wrong"),
    FORBIDDEN("forbidden", HttpStatus.FORBIDDEN, "This is not yours"),
    NOT_FOUND("not-found", HttpStatus.NOT_FOUND, "There is nothing here"),
    METHOD_NOT_ALLOWED("method-not-allowed", HttpStatus.METHOD_NOT_ALLOWED, "This path takes other methods"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Send application/json"),
    TOO_LARGE("too-large", HttpStatus.REQUEST_ENTITY_TOO_LARGE, "The request is too large"),
    TOO_MANY_REQUESTS("too-many-requests", HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
    NAME_TAKEN("name-taken", HttpStatus.CONFLICT, "Somebody has this name already"),
    UNKNOWN_MODE("unknown-mode", HttpStatus.UNPROCESSABLE_ENTITY, "There is no such mode"),
    UNKNOWN_REGION("unknown-region", HttpStatus.UNPROCESSABLE_ENTITY, "There is no such region"),
    ALREADY_QUEUED("already-queued", HttpStatus.CONFLICT, "The player already has a ticket"),
    ALREADY_IN_MATCH("already-in-match", HttpStatus.CONFLICT, "The player is in a match"),
    MEMBER_BUSY("member-busy", HttpStatus.CONFLICT, "A member of the party is queued or plays elsewhere"),
    ALREADY_IN_PARTY("already-in-party", HttpStatus.CONFLICT, "The player is in a party"),
    PARTY_FULL("party-full", HttpStatus.CONFLICT, "The party has no place left"),
    PARTY_CHANGED("party-changed", HttpStatus.CONFLICT, "The party changed meanwhile"),
    PARTY_DIFFERS("party-differs", HttpStatus.CONFLICT, "The members differ in what the mode wants to be equal"),
    TOO_MANY_BLOCKED("too-many-blocked", HttpStatus.CONFLICT, "The player has blocked too many"),
    MATCH_CANCELLED("match-cancelled", HttpStatus.CONFLICT, "The match will not be played"),
    TICKET_ENDED("ticket-ended", HttpStatus.CONFLICT, "The ticket has ended already"),
    MATCH_NOT_READY("match-not-ready", HttpStatus.CONFLICT, "The match has no server yet"),
    NOT_ENOUGH_MONEY("not-enough-money", HttpStatus.CONFLICT, "The player's money is not enough"),
    ALREADY_OWNED("already-owned", HttpStatus.CONFLICT, "The player has this already"),
    NOT_OWNED("not-owned", HttpStatus.CONFLICT, "The player does not have this"),
    UNKNOWN_CAR("unknown-car", HttpStatus.NOT_FOUND, "There is no such car"),
    UNKNOWN_ITEM("unknown-item", HttpStatus.NOT_FOUND, "There is no such item"),
    DOES_NOT_FIT("does-not-fit", HttpStatus.UNPROCESSABLE_ENTITY, "The item does not fit the car"),
    TOO_MANY_ITEMS("too-many-items", HttpStatus.UNPROCESSABLE_ENTITY, "The car has fewer slots"),
    IDEMPOTENCY_MISMATCH(
            "idempotency-mismatch",
            HttpStatus.UNPROCESSABLE_ENTITY,
            "This Idempotency-Key was used for something else"),
    UNAVAILABLE("unavailable", HttpStatus.SERVICE_UNAVAILABLE, "Something behind this call is down; try again"),
    INTERNAL("internal", HttpStatus.INTERNAL_SERVER_ERROR, "This is our fault");

    private static final String BASE = "https://paddock.dev/problems/";

    private final String slug;
    private final HttpStatus status;
    private final String title;

    ProblemType(String slug, HttpStatus status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    /** The type with that slug. */
    public static Optional<ProblemType> ofSlug(String slug) {
        return Arrays.stream(values()).filter(type -> type.slug.equals(slug)).findFirst();
    }

    public URI uri() {
        return URI.create(BASE + slug);
    }

    public String slug() {
        return slug;
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }
}

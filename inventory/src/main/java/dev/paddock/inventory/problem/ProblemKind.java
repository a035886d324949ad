package dev.paddock.inventory.problem;

import io.micronaut.http.HttpStatus;

/** Every way to fail that a caller can see. Types are added, never renamed: callers switch on them. */
public enum ProblemKind {
    BAD_REQUEST("bad-request", HttpStatus.BAD_REQUEST, "The request is not understood"),
    UNAUTHORIZED("unauthorized", HttpStatus.UNAUTHORIZED, "The service token is missing or wrong"),
    NOT_FOUND("not-found", HttpStatus.NOT_FOUND, "There is nothing at this path"),
    METHOD_NOT_ALLOWED("method-not-allowed", HttpStatus.METHOD_NOT_ALLOWED, "This path does not take this method"),
    NOT_ACCEPTABLE("not-acceptable", HttpStatus.NOT_ACCEPTABLE, "Only JSON is answered"),
    TOO_LARGE("too-large", HttpStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large"),
    NOT_JSON("unsupported-media-type", HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Only JSON is understood"),
    UNKNOWN_CAR("unknown-car", HttpStatus.NOT_FOUND, "The store has no such car"),
    UNKNOWN_ITEM("unknown-item", HttpStatus.NOT_FOUND, "The store has no such item"),
    ALREADY_OWNED("already-owned", HttpStatus.CONFLICT, "The player has it already"),
    NOT_ENOUGH_MONEY("not-enough-money", HttpStatus.CONFLICT, "The player cannot pay for it"),
    NOT_OWNED("not-owned", HttpStatus.CONFLICT, "The player does not have it"),
    DOES_NOT_FIT("does-not-fit", HttpStatus.UNPROCESSABLE_ENTITY, "The item does not fit the car"),
    TOO_MANY_ITEMS("too-many-items", HttpStatus.UNPROCESSABLE_ENTITY, "The car has fewer slots"),
    KEY_REUSED(
            "idempotency-key-reused",
            HttpStatus.UNPROCESSABLE_ENTITY,
            "The Idempotency-Key was used for another request"),
    UNAVAILABLE("unavailable", HttpStatus.SERVICE_UNAVAILABLE, "The database cannot be used now"),
    INTERNAL_ERROR("internal-error", HttpStatus.INTERNAL_SERVER_ERROR, "The service failed");

    private static final String TYPE_PREFIX = "https://paddock.dev/problems/";

    private final String slug;
    private final HttpStatus status;
    private final String title;

    ProblemKind(String slug, HttpStatus status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    /** The problem's stable type, a URI. */
    public String type() {
        return TYPE_PREFIX + slug;
    }

    /** The HTTP status that goes with it. */
    public HttpStatus status() {
        return status;
    }

    /** The same sentence each time. */
    public String title() {
        return title;
    }
}

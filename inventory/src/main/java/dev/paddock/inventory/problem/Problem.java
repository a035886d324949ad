package dev.paddock.inventory.problem;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;

/**
 * A failure on the wire, RFC 9457.
 *
 * @param type a stable URI, the one thing to decide by
 * @param title what this type means, the same each time
 * @param detail what happened this time, for a person
 */
@Introspected
public record Problem(String type, String title, int status, String detail) {
    /** A problem of that kind. */
    public static Problem of(ProblemKind kind, String detail) {
        return new Problem(kind.type(), kind.title(), kind.status().getCode(), detail);
    }

    /** The answer that carries a problem of that kind. */
    public static MutableHttpResponse<Problem> answer(ProblemKind kind, String detail) {
        return HttpResponse.<Problem>status(kind.status())
                .body(of(kind, detail))
                .contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE);
    }
}

package dev.paddock.manager.problem;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failure on the wire, RFC 9457.
 *
 * @param type a stable URI, the one thing to decide by
 * @param title what the type means, the same each time
 * @param detail what happened this time, for a person
 * @param instance of an error of ours: what the log knows it by
 * @param errors what is wrong with which field, if it is about fields
 */
@Introspected
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        @Nullable List<FieldError> errors) {
    public Problem {
        errors = errors == null || errors.isEmpty() ? null : List.copyOf(errors);
    }

    static Problem of(ProblemType type, String detail, List<FieldError> errors) {
        return new Problem(type.uri().toString(), type.title(), type.status().getCode(), detail, null, errors);
    }

    /** Something that HTTP itself has a name for, and that no client decides by. */
    static Problem ofStatus(HttpStatus status, String detail) {
        return new Problem("about:blank", status.getReason(), status.getCode(), detail, null, null);
    }

    static Problem internal(String instance) {
        ProblemType type = ProblemType.INTERNAL;
        return new Problem(
                type.uri().toString(),
                type.title(),
                type.status().getCode(),
                "Tell us the instance if it comes again.",
                instance,
                null);
    }

    /** The answer that carries this problem. */
    MutableHttpResponse<Problem> answer() {
        MutableHttpResponse<Problem> answer =
                HttpResponse.<Problem>status(HttpStatus.valueOf(status)).body(this);
        if (status == HttpStatus.UNAUTHORIZED.getCode()) {
            answer.header("WWW-Authenticate", "Bearer");
        }
        return answer.contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE);
    }
}

package dev.paddock.inventory.problem;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns every failure that Micronaut itself answers (no route, wrong method, body not readable, body too large, a thrown
 * exception) into a problem.
 */
@Singleton
class ProblemResponses implements ErrorResponseProcessor<Problem> {
    @Override
    public MutableHttpResponse<Problem> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        Throwable cause = context.getRootCause().orElse(null);
        ProblemKind kind = kind(response.code(), cause);
        MutableHttpResponse<Problem> answer = Problem.answer(kind, detail(kind, cause, context));
        // Allow and its like, which Micronaut has set already.
        response.getHeaders().forEach((name, values) -> values.forEach(value -> keep(answer, name, value)));
        return answer;
    }

    private static void keep(MutableHttpResponse<Problem> answer, String name, String value) {
        if (!name.equalsIgnoreCase("Content-Type") && !name.equalsIgnoreCase("Content-Length")) {
            answer.header(name, value);
        }
    }

    private static ProblemKind kind(int status, @Nullable Throwable cause) {
        if (status >= 500) {
            return Causes.isDatabaseAway(cause) ? ProblemKind.UNAVAILABLE : ProblemKind.INTERNAL_ERROR;
        }
        for (ProblemKind kind : ProblemKind.values()) {
            if (kind.status().getCode() == status) {
                return kind;
            }
        }
        return ProblemKind.BAD_REQUEST;
    }

    private static String detail(ProblemKind kind, @Nullable Throwable cause, ErrorContext context) {
        if (kind.status().getCode() >= HttpStatus.INTERNAL_SERVER_ERROR.getCode()) {
            // What broke inside is for the log alone.
            return kind == ProblemKind.UNAVAILABLE ? "Try again in a moment." : "The log says more.";
        }
        if (kind != ProblemKind.BAD_REQUEST) {
            return context.getRequest().getMethodName() + " "
                    + context.getRequest().getPath();
        }
        String unreadable = Causes.whyUnreadable(cause);
        if (unreadable != null) {
            return unreadable;
        }
        return context.getErrors().stream().map(Error::getMessage).collect(Collectors.joining("; "));
    }
}

package dev.paddock.manager.problem;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns every failure that Micronaut itself answers (no route, wrong method, body not readable, body too large, a
 * constraint not kept) into a problem.
 */
@Singleton
final class ProblemResponses implements ErrorResponseProcessor<Problem> {
    @Override
    public MutableHttpResponse<Problem> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        MutableHttpResponse<Problem> answer =
                problem(HttpStatus.valueOf(response.code()), context).answer();
        // Allow and its like, which Micronaut has set already.
        response.getHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Content-Type") && !name.equalsIgnoreCase("Content-Length")) {
                values.forEach(value -> answer.header(name, value));
            }
        });
        return answer;
    }

    private static Problem problem(HttpStatus status, ErrorContext context) {
        ProblemType type = type(status);
        if (type == null) {
            return Problem.ofStatus(status, said(context));
        }
        return switch (type) {
            case BAD_REQUEST -> badRequest(context);
            case UNSUPPORTED_MEDIA_TYPE ->
                Problem.of(type, "Send the body with Content-Type: application/json.", List.of());
            case TOO_LARGE -> Problem.of(type, "A body may have 64 KiB, the headers 8 KiB, the path 4 KiB.", List.of());
            // What broke inside is for the log alone.
            case INTERNAL, UNAVAILABLE -> Problem.of(type, "Try again in a moment.", List.of());
            // A path may be of any length, and the caller knows it.
            default -> Problem.of(type, type.title() + ".", List.of());
        };
    }

    private static Problem badRequest(ErrorContext context) {
        Throwable cause = context.getRootCause().orElse(null);
        List<FieldError> errors = fieldErrors(cause);
        String detail = errors.isEmpty()
                ? said(context)
                : errors.stream()
                        .map(error -> error.field() + ": " + error.message())
                        .collect(Collectors.joining("; "));
        return Problem.of(ProblemType.BAD_REQUEST, detail, errors);
    }

    private static List<FieldError> fieldErrors(@Nullable Throwable cause) {
        if (cause instanceof ConstraintViolationException violations) {
            return violations.getConstraintViolations().stream()
                    .map(violation -> new FieldError(field(violation), violation.getMessage()))
                    .toList();
        }
        FieldError unreadable = Causes.whyUnreadable(cause);
        return unreadable == null ? List.of() : List.of(unreadable);
    }

    /** The path as the caller sees it: without our method, and without the name that we give to the body. */
    private static String field(ConstraintViolation<?> violation) {
        List<String> names = new ArrayList<>();
        for (Path.Node node : violation.getPropertyPath()) {
            names.add(String.valueOf(node.getName()));
        }
        int ours = Math.min(2, names.size() - 1);
        return String.join(".", names.subList(ours, names.size()));
    }

    private static String said(ErrorContext context) {
        String said = context.getErrors().stream().map(Error::getMessage).collect(Collectors.joining("; "));
        return said.isEmpty() ? "The request cannot be understood." : said;
    }

    private static @Nullable ProblemType type(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> ProblemType.BAD_REQUEST;
            case UNAUTHORIZED -> ProblemType.UNAUTHORIZED;
            case FORBIDDEN -> ProblemType.FORBIDDEN;
            case NOT_FOUND -> ProblemType.NOT_FOUND;
            case METHOD_NOT_ALLOWED -> ProblemType.METHOD_NOT_ALLOWED;
            case UNSUPPORTED_MEDIA_TYPE -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
            case REQUEST_ENTITY_TOO_LARGE -> ProblemType.TOO_LARGE;
            case TOO_MANY_REQUESTS -> ProblemType.TOO_MANY_REQUESTS;
            case INTERNAL_SERVER_ERROR -> ProblemType.INTERNAL;
            case SERVICE_UNAVAILABLE -> ProblemType.UNAVAILABLE;
            default -> null;
        };
    }
}

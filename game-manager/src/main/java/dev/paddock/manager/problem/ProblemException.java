package dev.paddock.manager.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The caller did something that cannot be done; becomes an {@code application/problem+json} answer. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<FieldError> errors;
    private final @Nullable Duration retryAfter;

    /** @param detail a sentence for the caller that says what to do; without secrets */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of(), null);
    }

    /** @param errors what is wrong with which field */
    public ProblemException(ProblemType type, String detail, List<FieldError> errors) {
        this(type, detail, errors, null);
    }

    /** @param retryAfter when it makes sense to come again */
    public ProblemException(ProblemType type, String detail, Duration retryAfter) {
        this(type, detail, List.of(), retryAfter);
    }

    private ProblemException(ProblemType type, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
        // Expected many times a second under a flood: without the cost of a stack trace.
        super(detail, null, false, false);
        this.type = type;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    public ProblemType type() {
        return type;
    }

    List<FieldError> errors() {
        return errors;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}

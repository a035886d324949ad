package dev.paddock.manager.problem;

/** The caller did something that cannot be done; becomes an {@code application/problem+json} answer. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemType type;

    /** @param detail a sentence for the caller that says what to do; without secrets */
    public ProblemException(ProblemType type, String detail) {
        // Expected many times a second under a flood: without the cost of a stack trace.
        super(detail, null, false, false);
        this.type = type;
    }

    public ProblemType type() {
        return type;
    }
}

package dev.paddock.inventory.problem;

/** Ends a request with a problem. For what the code in between cannot act on. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemKind kind;
    private final String detail;

    public ProblemException(ProblemKind kind, String detail) {
        super(detail);
        this.kind = kind;
        this.detail = detail;
    }

    /** What is answered. */
    public Problem problem() {
        return Problem.of(kind, detail);
    }

    ProblemKind kind() {
        return kind;
    }

    String detail() {
        return detail;
    }
}

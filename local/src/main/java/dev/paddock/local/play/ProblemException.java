package dev.paddock.local.play;

/** The platform refused a call: {@code application/problem+json} (RFC 9457), as {@code title: detail}. */
final class ProblemException extends PlayException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String slug;

    /** @param slug the last part of the problem's {@code type}, empty if the answer was not a problem */
    ProblemException(int status, String slug, String message) {
        super(message);
        this.status = status;
        this.slug = slug;
    }

    int status() {
        return status;
    }

    String slug() {
        return slug;
    }
}

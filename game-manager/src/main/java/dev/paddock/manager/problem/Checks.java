package dev.paddock.manager.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with the fields of a request, so that the caller hears all of it at once. */
public final class Checks {
    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[!-~]{1,64}");

    private final List<FieldError> errors = new ArrayList<>();

    /** Notes the message if it is not ok. */
    public Checks that(boolean ok, String field, String message) {
        if (!ok) {
            errors.add(new FieldError(field, message));
        }
        return this;
    }

    /** @throws ProblemException {@code bad-request} if anything was wrong */
    public void done() {
        if (!errors.isEmpty()) {
            FieldError first = errors.getFirst();
            throw new ProblemException(ProblemType.BAD_REQUEST, first.field() + ": " + first.message(), errors);
        }
    }

    /** The value of an {@code Idempotency-Key} header, null if there is none; anything strange is refused. */
    public static @Nullable String idempotencyKey(@Nullable String header) {
        if (header == null) {
            return null;
        }
        new Checks()
                .that(
                        IDEMPOTENCY_KEY.matcher(header).matches(),
                        "Idempotency-Key",
                        "must be 1 to 64 visible ASCII characters")
                .done();
        return header;
    }
}

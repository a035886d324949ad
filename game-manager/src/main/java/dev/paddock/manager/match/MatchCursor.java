package dev.paddock.manager.match;

import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import dev.paddock.protocol.Id;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of matches ends: the next one begins with what was formed before. Opaque to clients.
 *
 * @param formedAt epoch milliseconds
 * @param matchId decides between matches of the same millisecond
 */
record MatchCursor(long formedAt, String matchId) {
    /** Before every match. */
    static final MatchCursor START = new MatchCursor(Long.MAX_VALUE, "");

    static MatchCursor after(Instant formedAt, String matchId) {
        return new MatchCursor(formedAt.toEpochMilli(), matchId);
    }

    String text() {
        String plain = formedAt + "." + matchId;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }

    /** @throws ProblemException {@code bad-request} if it is none of ours */
    static MatchCursor of(@Nullable String text) {
        if (text == null) {
            return START;
        }
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            int dot = plain.indexOf('.');
            if (dot > 0 && Id.isValid(plain.substring(dot + 1))) {
                return new MatchCursor(Long.parseLong(plain.substring(0, dot)), plain.substring(dot + 1));
            }
        } catch (IllegalArgumentException e) {
            throw strange();
        }
        throw strange();
    }

    private static ProblemException strange() {
        return new ProblemException(ProblemType.BAD_REQUEST, "cursor: take it from nextCursor of the page before");
    }
}

package dev.paddock.inventory.garage;

import dev.paddock.inventory.problem.ProblemException;
import dev.paddock.inventory.problem.ProblemKind;
import dev.paddock.protocol.Id;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request may say besides its body. */
final class Form {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,64}");

    private Form() {}

    static String playerId(String playerId) {
        if (!Id.isValid(playerId)) {
            throw new ProblemException(ProblemKind.BAD_REQUEST, "The path holds no player's id.");
        }
        return playerId;
    }

    static @Nullable String idempotencyKey(@Nullable String key) {
        if (key != null && !KEY.matcher(key).matches()) {
            throw new ProblemException(
                    ProblemKind.BAD_REQUEST, "An Idempotency-Key is 1 to 64 visible ASCII characters without spaces.");
        }
        return key;
    }

    static List<String> eachOnce(List<String> itemIds) {
        if (new HashSet<>(itemIds).size() != itemIds.size()) {
            throw new ProblemException(ProblemKind.BAD_REQUEST, "Every item can be named once.");
        }
        return itemIds;
    }
}

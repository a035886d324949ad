package dev.paddock.manager.account;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A player's name: 2 to 32 letters, digits, spaces, dots, underscores and dashes, of any script.
 *
 * @param text as it is shown: in Unicode's NFKC, trimmed, single spaces
 * @param key equal for names that differ in nothing but case or writing; what must be unique
 */
record PlayerName(String text, String key) {
    static final String RULE = "must be 2 to 32 letters, digits, spaces, dots, underscores and dashes";

    private static final int LEAST = 2;
    private static final int MOST = 32;

    /** Null if this cannot be a name. */
    static @Nullable PlayerName parse(@Nullable String raw) {
        // Normalizing takes time by the length of what a stranger sent.
        if (raw == null || raw.length() > 8 * MOST) {
            return null;
        }
        String text = Normalizer.normalize(raw, Normalizer.Form.NFKC).strip().replaceAll(" +", " ");
        int length = text.codePointCount(0, text.length());
        if (length < LEAST || length > MOST || !text.codePoints().allMatch(PlayerName::isAllowed)) {
            return null;
        }
        if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
            return null;
        }
        return new PlayerName(text, key(text));
    }

    private static boolean isAllowed(int codePoint) {
        return Character.isLetterOrDigit(codePoint) || " ._-".indexOf(codePoint) >= 0;
    }

    // Upper case first: some letters have one upper case and two lower cases (σ, ς).
    private static String key(String text) {
        String folded = text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }
}

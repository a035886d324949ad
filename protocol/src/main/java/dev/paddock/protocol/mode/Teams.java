package dev.paddock.protocol.mode;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paddock.protocol.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a match is divided. Free-for-all is {@code count} teams of one.
 *
 * @param count teams in a match, 1 to 100
 * @param size players in a full team, 1 to 100; a party larger than this is refused
 * @param leastSize players with which a team may start once somebody in it has waited {@code fewerAfter}; null: only full
 *     teams start. All teams of a match have the same number of players
 * @param fewerAfter how long the oldest ticket must have waited before fewer may start; given exactly if {@code leastSize} is
 */
public record Teams(
        @JsonProperty(required = true) int count,
        @JsonProperty(required = true) int size,
        @Nullable Integer leastSize,
        @DurationText.Written @Nullable Duration fewerAfter) {
    public Teams {
        if (count < 1 || count > 100) {
            throw new IllegalArgumentException("teams.count must be 1 to 100, is " + count);
        }
        if (size < 1 || size > 100) {
            throw new IllegalArgumentException("teams.size must be 1 to 100, is " + size);
        }
        if ((leastSize == null) != (fewerAfter == null)) {
            throw new IllegalArgumentException("teams.leastSize and teams.fewerAfter are given together or not at all");
        }
        if (leastSize != null && (leastSize < 1 || leastSize > size)) {
            throw new IllegalArgumentException("teams.leastSize must be 1 to teams.size, is " + leastSize);
        }
        if (fewerAfter != null && fewerAfter.isNegative()) {
            throw new IllegalArgumentException("teams.fewerAfter must not be negative, is " + fewerAfter);
        }
    }

    /** Full teams only. */
    public Teams(int count, int size) {
        this(count, size, null, null);
    }

    /** Players in a full match. */
    public int players() {
        return count * size;
    }

    /** Players in the smallest match that may ever start. */
    public int leastPlayers() {
        return count * (leastSize == null ? size : leastSize);
    }
}

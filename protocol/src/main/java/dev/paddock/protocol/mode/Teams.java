package dev.paddock.protocol.mode;

/**
 * How a match is divided. Free-for-all is {@code count} teams of one.
 *
 * @param count teams in a match, 1 to 100
 * @param size players in a team, 1 to 100
 */
public record Teams(int count, int size) {
    public Teams {
        if (count < 1 || count > 100) {
            throw new IllegalArgumentException("teams.count must be 1 to 100, is " + count);
        }
        if (size < 1 || size > 100) {
            throw new IllegalArgumentException("teams.size must be 1 to 100, is " + size);
        }
    }

    /** Players in a full match. */
    public int players() {
        return count * size;
    }
}

package dev.paddock.manager.matchmaking;

import dev.paddock.manager.ticket.Ticket;
import java.util.ArrayList;
import java.util.List;

/**
 * What is noted of a pool in one quick walk through its columns, so that it can be thought about at leisure, while the pool
 * goes on.
 */
final class Glimpse {
    /** Evenly picked. */
    private final List<Ticket> sample = new ArrayList<>();

    private final int stride;
    private int passed;
    private int players;
    private int returned;
    private int before;
    private long oldest = Long.MAX_VALUE;

    /** @param most tickets that are picked of so many */
    Glimpse(int tickets, int most) {
        stride = Math.max(1, (tickets + most - 1) / most);
    }

    /** @param choosesBefore whether it chooses before the one that is asked about */
    void pass(Ticket ticket, int itsPlayers, boolean isReturned, boolean choosesBefore, long createdAtMs) {
        players += itsPlayers;
        returned += isReturned ? 1 : 0;
        before += choosesBefore ? 1 : 0;
        oldest = Math.min(oldest, createdAtMs);
        if (passed++ % stride == 0) {
            sample.add(ticket);
        }
    }

    List<Ticket> sample() {
        return sample;
    }

    int tickets() {
        return passed;
    }

    int players() {
        return players;
    }

    int returned() {
        return returned;
    }

    int before() {
        return before;
    }

    /** When the one that waits longest was created, in ms; of none, never. */
    long oldest() {
        return oldest;
    }
}

package dev.paddock.manager.matchmaking;

import dev.paddock.manager.ticket.Ticket;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the tickets of a {@link Pool} are, by id.
 *
 * <p>A ticket that leaves its place is not struck off: to find the entries of a whole pass of matches would take longer than
 * to find the matches. An entry holds only while its ticket still is in that place, and when most do not, all are written
 * anew, O(1) for each that has left.
 */
final class Whereabouts {
    private static final int SPARE = 1000;

    private Map<String, Spot> spots = new HashMap<>();

    /** A place in a circle. */
    record Spot(Circle circle, int place) {
        Ticket ticket() {
            return circle.ticket(place);
        }

        private boolean isOf(String ticketId) {
            return circle.crowd().isHere(place) && ticket().ticketId().equals(ticketId);
        }
    }

    /** @return where it was before, if it was anywhere */
    @Nullable
    Spot put(String ticketId, Circle circle, int place) {
        return valid(ticketId, spots.put(ticketId, new Spot(circle, place)));
    }

    @Nullable
    Spot find(String ticketId) {
        return valid(ticketId, spots.get(ticketId));
    }

    @Nullable
    Spot remove(String ticketId) {
        return valid(ticketId, spots.remove(ticketId));
    }

    /** Forgets those who have left, if they are many. */
    void tidy(Iterable<Circle> circles, int waiting) {
        if (spots.size() <= 2 * waiting + SPARE) {
            return;
        }
        spots = new HashMap<>();
        for (Circle circle : circles) {
            for (int place = 0; place < circle.crowd().capacity(); place++) {
                if (circle.crowd().isHere(place)) {
                    spots.put(circle.ticket(place).ticketId(), new Spot(circle, place));
                }
            }
        }
    }

    private static @Nullable Spot valid(String ticketId, @Nullable Spot spot) {
        return spot != null && spot.isOf(ticketId) ? spot : null;
    }
}

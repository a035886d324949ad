package dev.paddock.manager.ticket;

import dev.paddock.manager.garage.Loadouts;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.warm.Warm;
import dev.paddock.protocol.Json;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What queues a ticket, up to the two scripts that would. */
@Singleton
final class WarmTickets implements Warm {
    private static final int TIMES = 50;

    private final Tickets tickets;
    private final Redis redis;

    WarmTickets(Tickets tickets, Redis redis) {
        this.tickets = tickets;
        this.redis = redis;
    }

    @Override
    public void warm() {
        redis.load(Claims.SCRIPTS);
        redis.load(Enqueuing.SCRIPTS);
        redis.load(Tickets.SCRIPTS);
        redis.load(Avoiding.SCRIPTS);
        redis.load(LostSockets.SCRIPTS);
        // Nobody holds a claim, so there is none to let go.
        tickets.release(NOBODY, NOBODY);
        var _ = tickets.currentOf(NOBODY);
        var _ = tickets.find(NOBODY, NOBODY);
        Ticket ticket = ticket();
        for (int i = 0; i < TIMES; i++) {
            Ticket again = Json.read(Json.text(ticket), Ticket.class);
            var _ = Ticket.of(hash(again));
            var _ = Json.text(again.view(Instant.EPOCH));
        }
    }

    private static Map<String, String> hash(Ticket ticket) {
        return Map.of("state", ticket.state().name(), "ticket", Json.text(ticket));
    }

    private static Ticket ticket() {
        TicketPlayer player = new TicketPlayer(NOBODY, NOBODY, 1500, Map.of(NOBODY, 10), Loadouts.DEFAULT);
        return Ticket.waiting(NOBODY, NOBODY, Instant.EPOCH, List.of(player), Map.of());
    }
}

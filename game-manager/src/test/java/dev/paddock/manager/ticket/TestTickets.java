package dev.paddock.manager.ticket;

import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.redis.Redis;
import dev.paddock.protocol.match.Loadout;
import dev.paddock.protocol.mode.Mode;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The parts of this package as one replica has them. */
public record TestTickets(Tickets tickets, Claims claims, Sweeper sweeper, LostSockets lostSockets) {
    private static final Loadout LOADOUT = new Loadout("street-one", List.of(), Map.of("powerKw", 110.0));

    public static TestTickets on(Redis redis, Modes modes, Bus bus) {
        Claims claims = new Claims(redis);
        Tickets tickets = new Tickets(redis, claims, modes, bus, InstantSource.system());
        return new TestTickets(
                tickets,
                claims,
                new Sweeper(claims, tickets, modes),
                new LostSockets(redis, bus, modes, tickets, InstantSource.system()));
    }

    public static Wish wish(String ticketId, String playerId, Mode mode, double rating) {
        return Wish.of(ticketId, mode, new TicketPlayer(playerId, "name of " + playerId, rating, Map.of(), LOADOUT));
    }
}

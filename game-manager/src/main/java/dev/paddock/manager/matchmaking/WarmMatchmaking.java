package dev.paddock.manager.matchmaking;

import dev.paddock.manager.garage.Loadouts;
import dev.paddock.manager.matchmaking.Commits.Forming;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.manager.warm.Warm;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The matcher, with tickets that no queue has, and what it makes of them as JSON. */
@Singleton
final class WarmMatchmaking implements Warm {
    private static final int TIMES = 300;
    private static final int TICKETS = 16;

    private final Redis redis;

    WarmMatchmaking(Redis redis) {
        this.redis = redis;
    }

    @Override
    public void warm() {
        redis.load(Lease.SCRIPTS);
        redis.load(Commits.SCRIPTS);
        redis.load(Seatings.SCRIPTS);
        match(new Teams(2, 1));
        match(new Teams(2, 5));
    }

    private static void match(Teams teams) {
        MatchingRules rules =
                new MatchingRules(teams, new Window(100, 10, 500), new Window(100, 10, 500), Duration.ofMinutes(5));
        List<Ticket> waiting =
                IntStream.range(0, TICKETS).mapToObj(WarmMatchmaking::ticket).toList();
        for (int i = 0; i < TIMES; i++) {
            Pool pool = new Pool(rules, List.of(NOBODY));
            waiting.forEach(pool::add);
            for (var proposal : pool.match(Instant.EPOCH).matches()) {
                FormedMatch match =
                        Forming.of(proposal, NOBODY, NOBODY, Instant.EPOCH).match();
                if (i == 0) {
                    var _ = Json.read(Json.text(match), FormedMatch.class);
                }
            }
        }
    }

    private static Ticket ticket(int number) {
        String id = NOBODY + number;
        TicketPlayer player = new TicketPlayer(id, id, 1500 + number, Map.of(NOBODY, 10), Loadouts.DEFAULT);
        return Ticket.waiting(id, NOBODY, Instant.EPOCH, List.of(player), Map.of());
    }
}

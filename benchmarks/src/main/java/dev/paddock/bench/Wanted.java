package dev.paddock.bench;

import dev.paddock.manager.garage.Loadouts;
import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.manager.ticket.Wish;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Mode;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Modes and players of the benchmarks of the queue. */
final class Wanted {
    private static final MatchLimits LIMITS =
            new MatchLimits(Duration.ofMinutes(10), 1, Duration.ofMinutes(1), Duration.ofMinutes(20));

    private Wanted() {}

    /** One against one, and any two fit: a match is possible from the moment in which the second player is there. */
    static Mode anybody(String name) {
        return mode(name, new Window(100_000, 0, 100_000));
    }

    /** One against one, and no two fit whose ratings are a point apart. */
    static Mode nobody(String name) {
        return mode(name, new Window(0.5, 0, 0.5));
    }

    private static Mode mode(String name, Window rank) {
        return new Mode(
                name, new MatchingRules(new Teams(2, 1), rank, new Window(500, 0, 500), Duration.ofHours(1)), LIMITS);
    }

    /** A new player with a ticket of the size that real ones have. */
    static Wish wish(Mode mode) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return wish(mode, random.nextGaussian(1500, 300));
    }

    static Wish wish(Mode mode, double rating) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String playerId = Id.next(random);
        TicketPlayer player = new TicketPlayer(
                playerId,
                "player " + playerId.substring(0, 8),
                rating,
                Map.of("eu", random.nextInt(10, 80)),
                Loadouts.DEFAULT);
        return Wish.of(Id.next(random), mode, player);
    }
}

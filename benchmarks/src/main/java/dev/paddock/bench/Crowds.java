package dev.paddock.bench;

import dev.paddock.manager.garage.Loadouts;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Role;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Tickets for the benchmark of the matcher; the same seed gives the same ones. */
final class Crowds {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final List<String> REGIONS = List.of("asia", "eu", "us");
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final SplittableRandom random;

    Crowds(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** 100 points at first, 25 more each second; 60 ms at first, 10 more each second. */
    static MatchingRules rules(Teams teams) {
        return new MatchingRules(teams, new Window(100, 25, 1000), new Window(60, 10, 250), Duration.ofMinutes(10));
    }

    /** Nobody fits anybody, as no two have the very same rating. */
    static MatchingRules apart(Teams teams) {
        return new MatchingRules(teams, new Window(1e-9, 0, 1e-9), new Window(60, 10, 250), Duration.ofMinutes(10));
    }

    /** Each team needs a tank. */
    static MatchingRules withTanks(Teams teams) {
        MatchingRules rules = rules(teams);
        return new MatchingRules(
                teams,
                rules.rank(),
                rules.latency(),
                rules.ticketLifetime(),
                List.of(),
                List.of(new Role("tank", 1, 1)),
                null,
                false,
                null);
    }

    /** Players of all regions and strengths, who have waited for up to ten seconds. */
    List<Ticket> waiting(int count) {
        List<Ticket> tickets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            tickets.add(ticket(NOW.minusMillis(random.nextLong(LONGEST.toMillis()))));
        }
        return tickets;
    }

    /** Those who come now. */
    List<Ticket> coming(int count) {
        return Stream.generate(() -> ticket(NOW)).limit(count).toList();
    }

    Ticket ticket(Instant created) {
        String id = Id.next(random);
        String home = REGIONS.get(random.nextInt(REGIONS.size()));
        Map<String, Integer> latencies = Map.of(
                "asia", latency(home, "asia"),
                "eu", latency(home, "eu"),
                "us", latency(home, "us"));
        double rating = random.nextGaussian(1500, 300);
        TicketPlayer player = new TicketPlayer(id, id, rating, latencies, Loadouts.DEFAULT);
        return Ticket.waiting(id, "bench", created, List.of(player), Map.of());
    }

    private int latency(String home, String region) {
        return home.equals(region) ? random.nextInt(10, 60) : random.nextInt(80, 280);
    }
}

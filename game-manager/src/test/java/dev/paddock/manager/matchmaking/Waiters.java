package dev.paddock.manager.matchmaking;

import dev.paddock.manager.matchmaking.Proposals.Proposal;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.protocol.match.Loadout;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Role;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Tickets and rules for tests of the matcher. */
final class Waiters {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final List<String> REGIONS = List.of("eu", "us", "asia");

    /** 100 points at first, 25 more each second, at most 1000; 60 ms at first, 10 more each second, at most 250. */
    static final MatchingRules DUEL = rules(new Teams(2, 1), new Window(100, 25, 1000));

    private static final Loadout LOADOUT = new Loadout("street-one", List.of(), Map.of());

    private Waiters() {}

    static MatchingRules rules(Teams teams, Window rank, Role... roles) {
        return new MatchingRules(
                teams,
                rank,
                new Window(60, 10, 250),
                Duration.ofMinutes(10),
                List.of("version"),
                List.of(roles),
                null,
                false,
                null);
    }

    static Proposals match(Collection<Ticket> waiting, MatchingRules rules, List<String> regions, Instant now) {
        Pool pool = new Pool(rules, regions);
        waiting.forEach(pool::add);
        return pool.match(now);
    }

    static List<Set<String>> together(Proposals found) {
        return found.matches().stream()
                .map(match -> Set.copyOf(names(match.tickets())))
                .toList();
    }

    static List<String> names(List<Ticket> tickets) {
        return tickets.stream().map(Ticket::ticketId).toList();
    }

    static List<List<String>> teams(Proposal match) {
        return match.teams().stream().map(Waiters::names).toList();
    }

    static Ticket ticket(String id, double rating, double waitedSeconds) {
        return ticket(id, rating, waitedSeconds, Map.of());
    }

    static Ticket ticket(String id, double rating, double waitedSeconds, Map<String, Integer> latencies) {
        return ticketAt(id, rating, NOW.minusMillis((long) (waitedSeconds * 1000)), latencies);
    }

    static Ticket ticketAt(String id, double rating, Instant created, Map<String, Integer> latencies) {
        return Ticket.waiting(id, "duel", created, List.of(player("p-" + id, rating, latencies)), Map.of());
    }

    static TicketPlayer player(String playerId, double rating, Map<String, Integer> latencies) {
        return new TicketPlayer(playerId, playerId, rating, latencies, LOADOUT);
    }

    /** A party of as many as there are ratings. */
    static Ticket party(String id, double waitedSeconds, double... ratings) {
        List<TicketPlayer> players = new ArrayList<>();
        for (double rating : ratings) {
            players.add(player("p-" + id + players.size(), rating, Map.of()));
        }
        return Ticket.waiting(id, "duel", NOW.minusMillis((long) (waitedSeconds * 1000)), players, Map.of());
    }

    /** The ticket's player, and others who joined, all together. */
    static Ticket joined(Ticket ticket, int size) {
        List<TicketPlayer> players = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String id = i == 0 ? ticket.first().playerId() : ticket.first().playerId() + "-" + i;
            players.add(player(id, ticket.first().rating(), ticket.latencies()));
        }
        return with(ticket, players, ticket.attributes(), ticket.returned());
    }

    /** One for each player of the ticket: the roles, separated by blanks. */
    static Ticket playing(Ticket ticket, String... roles) {
        List<TicketPlayer> players = new ArrayList<>();
        for (TicketPlayer one : ticket.players()) {
            String can = roles[players.size()];
            players.add(new TicketPlayer(
                    one.playerId(),
                    one.name(),
                    one.rating(),
                    one.latencies(),
                    one.loadout(),
                    can.isEmpty() ? List.of() : Arrays.asList(can.split(" ")),
                    List.of()));
        }
        return with(ticket, players, ticket.attributes(), ticket.returned());
    }

    static Ticket avoiding(Ticket ticket, String... playerIds) {
        TicketPlayer one = ticket.first();
        TicketPlayer shy = new TicketPlayer(
                one.playerId(),
                one.name(),
                one.rating(),
                one.latencies(),
                one.loadout(),
                one.roles(),
                List.of(playerIds));
        return with(ticket, List.of(shy), ticket.attributes(), ticket.returned());
    }

    static Ticket version(Ticket ticket, String version) {
        return with(ticket, ticket.players(), Map.of("version", version), ticket.returned());
    }

    /** The same ticket of one player, with another rating. */
    static Ticket rated(Ticket ticket, double rating) {
        TicketPlayer one = ticket.first();
        TicketPlayer rated = new TicketPlayer(
                one.playerId(), one.name(), rating, one.latencies(), one.loadout(), one.roles(), one.avoids());
        return with(ticket, List.of(rated), ticket.attributes(), ticket.returned());
    }

    static Ticket returned(Ticket ticket) {
        return with(ticket, ticket.players(), ticket.attributes(), true);
    }

    private static Ticket with(
            Ticket ticket, List<TicketPlayer> players, Map<String, String> attributes, boolean returned) {
        return new Ticket(
                ticket.ticketId(),
                ticket.mode(),
                ticket.state(),
                ticket.createdAt(),
                players,
                attributes,
                returned,
                null,
                null,
                null);
    }

    /** Players from everywhere, who came in the last half minute. */
    static List<Ticket> crowd(Random random, int size) {
        List<Ticket> tickets = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Instant created = NOW.minusMillis(random.nextInt(30_000));
            tickets.add(someone(random, "t" + i, created));
        }
        return tickets;
    }

    static Ticket someone(Random random, String id, Instant created) {
        return someone(random, id, created, 600);
    }

    static Ticket someone(Random random, String id, Instant created, double deviation) {
        Map<String, Integer> latencies = switch (random.nextInt(4)) {
            case 0 -> Map.of();
            case 1 -> Map.of("eu", random.nextInt(300));
            case 2 -> Map.of("eu", random.nextInt(300), "us", random.nextInt(300));
            default -> Map.of("us", random.nextInt(300), "asia", random.nextInt(300));
        };
        return ticketAt(id, 1500 + deviation * random.nextGaussian(), created, latencies);
    }

    /** A crowd of which some came back, avoid others, or have another version. */
    static List<Ticket> motleyCrowd(Random random, int size) {
        List<Ticket> tickets = crowd(random, size);
        tickets.replaceAll(ticket -> motley(random, ticket, size));
        return tickets;
    }

    static Ticket motley(Random random, Ticket ticket, int others) {
        return switch (random.nextInt(8)) {
            case 0 -> returned(ticket);
            case 1 -> avoiding(ticket, "p-t" + random.nextInt(others), "p-t" + random.nextInt(others));
            case 2, 3 -> version(ticket, "2");
            default -> ticket;
        };
    }
}

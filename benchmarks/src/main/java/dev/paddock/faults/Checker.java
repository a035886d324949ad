package dev.paddock.faults;

import dev.paddock.faults.Remains.StoredMatch;
import dev.paddock.faults.Remains.StoredTicket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares what clients were told with what is stored at the end, and finds every broken promise. Pure.
 *
 * <ol>
 *   <li>every accepted ticket ended exactly once, and its client was told nothing else;
 *   <li>a matched one is in one match that was played, or whose server was lost; all its other matches were given up;
 *   <li>no player was in two live matches at a time;
 *   <li>no match was on two servers;
 *   <li>no match was formed with a fencing token after a later one had been given;
 *   <li>nobody was sent to a server, or is a player of a match, whom its server had not agreed to let in;
 *   <li>no ticket ended for want of a socket while its player had one;
 *   <li>each match that is over is in MySQL, once, and counted once;
 *   <li>nothing is left behind.
 * </ol>
 */
final class Checker {
    /** A mode whose matches take players while they run: who was on the way to one may not have got there. */
    static final String SEATS = "faults-seats";

    /** Longer than a ticket waits, and is played, after Redis has forgotten that it was over. */
    private static final Duration BEHIND_ONES_BACK = Duration.ofSeconds(60);

    private static final Set<String> TERMINAL = Set.of("MATCHED", "CANCELLED", "EXPIRED");

    private final List<Told> history;
    private final Remains remains;
    private final Loss loss;
    private final List<Violation> found = new ArrayList<>();

    /** By ticket: the matches that it was in, as they are stored. */
    private final Map<String, List<StoredMatch>> matchesOf = new HashMap<>();

    private final Freed freed;
    private final Admissions admissions;
    private final Set<String> lost = new HashSet<>();

    private Checker(List<Told> history, Remains remains, Loss loss) {
        this.history = history;
        this.remains = remains;
        this.loss = loss;
        for (StoredMatch match : remains.matches().values()) {
            match.players()
                    .keySet()
                    .forEach(ticket -> matchesOf
                            .computeIfAbsent(ticket, id -> new ArrayList<>())
                            .add(match));
        }
        this.freed = Freed.of(history, remains, loss);
        this.admissions = Admissions.of(history);
    }

    /**
     * What a check came to.
     *
     * @param lost tickets and matches that Redis was allowed to forget, and did
     */
    record Findings(List<Violation> violations, int lost) {
        Findings {
            violations = List.copyOf(violations);
        }
    }

    /** @param socketGrace how long a ticket may outlive its player's last socket */
    static Findings check(List<Told> history, Remains remains, Loss loss, Duration socketGrace) {
        Checker checker = new Checker(history, remains, loss);
        checker.tickets();
        checker.told();
        checker.matches();
        checker.players();
        checker.servers();
        checker.admissions();
        checker.tokens();
        checker.mysql();
        checker.claims();
        checker.absences(socketGrace);
        remains.leftBehind().forEach(what -> checker.found.add(new Violation("", "left behind: " + what)));
        return new Findings(checker.found, checker.lost.size());
    }

    private void tickets() {
        Map<String, Instant> accepted = new TreeMap<>();
        Set<String> unknown = new HashSet<>();
        for (Told told : history) {
            switch (told) {
                case Told.Accepted(Instant at, String player, String ticket) -> accepted.put(ticket, at);
                case Told.TicketUnknown(Instant at, String player, String ticket) -> unknown.add(ticket);
                case Told.Stuck(Instant at, String player, String ticket, String what) ->
                    violation(ticket.isEmpty() ? player : ticket, what);
                default -> {}
            }
        }
        unknown.stream()
                .filter(remains.tickets()::containsKey)
                .forEach(ticket -> violation(ticket, "its client was told that there is no such ticket"));
        accepted.forEach((ticket, at) -> ticket(ticket, at, unknown.contains(ticket)));
        for (String ticket : remains.tickets().keySet()) {
            if (!accepted.containsKey(ticket)) {
                violation(ticket, "it is in Redis, and no client was told that it was accepted");
            }
        }
    }

    private void ticket(String ticket, Instant acceptedAt, boolean toldUnknown) {
        StoredTicket stored = remains.tickets().get(ticket);
        if (stored == null) {
            if (loss.excuses(acceptedAt) && toldUnknown) {
                lost.add(ticket);
                return;
            }
            violation(ticket, "accepted, and gone" + (toldUnknown ? "" : "; its client was not told so"));
            return;
        }
        if (!TERMINAL.contains(stored.state())) {
            violation(ticket, "never ended: " + stored.state());
            return;
        }
        String matchId = stored.matchId();
        if (stored.state().equals("MATCHED") && (matchId == null || !isPlayedOut(ticket, matchId))) {
            violation(ticket, "MATCHED, and its match " + matchId + " is " + describe(matchId));
        }
    }

    private boolean isPlayedOut(String ticket, String matchId) {
        StoredMatch match = remains.matches().get(matchId);
        return match != null
                && match.isOver()
                && !match.isGivenUp()
                && match.players().containsKey(ticket);
    }

    private String describe(@Nullable String matchId) {
        StoredMatch match = matchId == null ? null : remains.matches().get(matchId);
        return match == null ? "not there" : match.state() + " " + Objects.toString(match.reason(), "");
    }

    /** What a client was told must be so at the end, unless it can have changed, or Redis may have forgotten it. */
    private void told() {
        for (Told one : history) {
            if (one instanceof Told.TicketIs is
                    && remains.tickets().get(is.ticketId()) instanceof StoredTicket stored) {
                boolean holds = switch (is.state()) {
                    case "CANCELLED", "EXPIRED" -> stored.state().equals(is.state());
                    case "MATCHED" -> is.matchId() != null && mayHaveBeenIn(stored, is.matchId());
                    default -> true;
                };
                if (!holds) {
                    excuse(
                            is.ticketId(),
                            is.at(),
                            "its client was told %s %s, and it is %s %s"
                                    .formatted(
                                            is.state(),
                                            Objects.toString(is.matchId(), ""),
                                            stored.state(),
                                            Objects.toString(stored.matchId(), "")));
                }
            }
        }
    }

    private boolean mayHaveBeenIn(StoredTicket ticket, String matchId) {
        StoredMatch match = remains.matches().get(matchId);
        return matchId.equals(ticket.matchId())
                || match != null && (match.isGivenUp() || match.mode().equals(SEATS));
    }

    private void matches() {
        for (StoredMatch match : remains.matches().values()) {
            if (!match.isOver()) {
                violation(match.matchId(), "never ended: " + match.state());
            }
            if (match.isGivenUp()) {
                continue;
            }
            for (String ticket : match.players().keySet()) {
                StoredTicket stored = remains.tickets().get(ticket);
                if (stored == null || !match.matchId().equals(stored.matchId())) {
                    violation(
                            ticket,
                            "match %s (%s) has it, and it is %s"
                                    .formatted(match.matchId(), match.state(), Objects.toString(stored, "not there")));
                }
            }
        }
        matchesOf.forEach((ticket, matches) -> {
            List<String> kept = matches.stream()
                    .filter(match -> !match.isGivenUp())
                    .map(StoredMatch::matchId)
                    .toList();
            if (kept.size() > 1) {
                violation(ticket, "in " + kept.size() + " matches: " + kept);
            }
        });
    }

    private void players() {
        Map<String, List<StoredMatch>> byPlayer = new TreeMap<>();
        for (StoredMatch match : remains.matches().values()) {
            match.players().values().stream()
                    .flatMap(List::stream)
                    .forEach(player -> byPlayer.computeIfAbsent(player, id -> new ArrayList<>())
                            .add(match));
        }
        byPlayer.forEach((player, matches) -> {
            matches.sort(Comparator.comparing(match -> since(match, player)));
            for (int i = 1; i < matches.size(); i++) {
                StoredMatch before = matches.get(i - 1);
                Instant ended = before.endedAt();
                Instant since = since(matches.get(i), player);
                if (ended == null || since.isBefore(ended)) {
                    if (wasFreed(player, before, matches.get(i))) {
                        lost.add(player);
                        continue;
                    }
                    violation(
                            player,
                            "in two live matches: %s until %s, and %s from %s"
                                    .formatted(
                                            before.matchId(),
                                            Objects.toString(ended, "now"),
                                            matches.get(i).matchId(),
                                            since));
                }
            }
        });
    }

    private Instant since(StoredMatch match, String player) {
        return match.players().entrySet().stream()
                .filter(entry -> entry.getValue().contains(player))
                .map(entry -> remains.since(match, entry.getKey()))
                .min(Comparator.naturalOrder())
                .orElse(match.formedAt());
    }

    /**
     * Whether Redis has forgotten that the player was free for the second of these matches: the first one's end, or that a
     * ticket was cancelled, which then waited again, and was matched behind the player's back.
     */
    private boolean wasFreed(String player, StoredMatch before, StoredMatch after) {
        Instant from = before.formedAt().minus(BEHIND_ONES_BACK);
        return Stream.of(before, after)
                .flatMap(match -> match.players().entrySet().stream())
                .filter(entry -> entry.getValue().contains(player))
                .anyMatch(entry -> freed.mayBeForgotten(entry.getKey(), from, after.formedAt()));
    }

    /** A claim that was given back, which Redis has forgotten, blocks nobody, and goes with the player's next one. */
    private void claims() {
        remains.claims().forEach((key, ticket) -> {
            if (freed.mayBeForgotten(ticket)) {
                lost.add(key);
            } else {
                violation(ticket, "left behind: the claim " + key);
            }
        });
    }

    private void servers() {
        Map<String, Told.SentTo> first = new HashMap<>();
        for (Told told : history) {
            switch (told) {
                case Told.SentTo sent -> {
                    Told.SentTo before = first.putIfAbsent(sent.matchId(), sent);
                    if (before != null && !before.serverId().equals(sent.serverId())) {
                        excuse(
                                sent.matchId(),
                                before.at(),
                                "players were sent to two servers: " + before.serverId() + " and " + sent.serverId());
                    }
                }
                case Told.InSwarm(Instant at, String what, String match, String server) -> {
                    if (what.equals("Taken") && !remains.matches().containsKey(match)) {
                        excuse(match, at, "a server was asked for, and nobody knows the match");
                    }
                    if (what.equals("Unheard")) {
                        violation(match, "what its server said was not heard");
                    }
                }
                default -> {}
            }
        }
        first.forEach((matchId, sent) -> {
            StoredMatch match = remains.matches().get(matchId);
            if (match != null && !sent.serverId().equals(match.serverId())) {
                excuse(
                        matchId,
                        sent.at(),
                        "players were sent to " + sent.serverId() + ", and it is settled on " + match.serverId());
            }
        });
    }

    /** The swarm writes down whom a server lets in before anybody can hear of it. */
    private void admissions() {
        for (Told told : history) {
            if (told instanceof Told.SentTo(Instant at, String player, String match, String server)
                    && !admissions.wasLetIn(server, player, at)) {
                violation(player, "was sent to %s, which lets in others, for match %s".formatted(server, match));
            }
        }
        for (StoredMatch match : remains.matches().values()) {
            if (match.state().equals("ENDED")) {
                match.players().values().stream()
                        .flatMap(List::stream)
                        .filter(player -> !admissions.wasLetIn(match.serverId(), player, Instant.MAX))
                        .forEach(player -> violation(
                                player, "plays match " + match.matchId() + ", whose server does not know it"));
            }
        }
    }

    /** The times on both sides are those of Redis, so an outdated token that was accepted shows for certain. */
    private void tokens() {
        Map<String, TreeMap<Long, Long>> highestBefore = new HashMap<>();
        for (Told told : history) {
            // One that was forgotten does not stop whoever has the one before it.
            if (told instanceof Told.Fence(Instant at, String mode, long redisMs, long token) && !loss.excuses(at)) {
                highestBefore.computeIfAbsent(mode, any -> new TreeMap<>()).merge(redisMs, token, Math::max);
            }
        }
        for (StoredMatch match : remains.matches().values()) {
            Map.Entry<Long, Long> given =
                    highestBefore.getOrDefault(match.mode(), new TreeMap<>()).lowerEntry(match.entryMs());
            if (match.token() > 0 && given != null && match.token() < given.getValue()) {
                violation(
                        match.matchId(),
                        "formed with the fencing token %d, %d ms after Redis was seen to have given %d"
                                .formatted(match.token(), match.entryMs() - given.getKey(), given.getValue()));
            }
        }
    }

    /** Nobody's ticket ended for want of a socket while its player had one. */
    private void absences(Duration grace) {
        Absences absences = Absences.of(history);
        for (Told told : history) {
            if (told instanceof Told.Absent(Instant at, String player, String ticket)) {
                StoredTicket stored = remains.tickets().get(ticket);
                Instant ended = stored == null || stored.endedAt() == null ? at : stored.endedAt();
                if (!absences.explain(player, ended, grace)) {
                    violation(ticket, "ended for want of a socket, and its player had one");
                }
            }
        }
    }

    private void mysql() {
        long played = 0;
        for (StoredMatch match : remains.matches().values()) {
            if (match.isOver() && !match.isGivenUp()) {
                String written = remains.written().get(match.matchId());
                if (!match.state().equals(written)) {
                    // MySQL keeps the first that it hears, also what Redis has forgotten since.
                    Instant told = Told.whenMatchWas(written, match.matchId(), history);
                    excuse(match.matchId(), told, "it is " + match.state() + ", and in MySQL " + written);
                }
            }
            if (match.state().equals("ENDED")) {
                played += match.players().values().stream().mapToInt(List::size).sum();
            }
        }
        // A match that Redis has forgotten may be in MySQL, and is no second one.
        if (played != remains.counted() && !loss.isPossible()) {
            violation("", "players played " + played + " times, and MySQL has counted " + remains.counted());
        }
    }

    private void excuse(String id, Instant told, String what) {
        if (loss.excuses(told)) {
            lost.add(id);
            return;
        }
        violation(id, what);
    }

    private void violation(String id, String what) {
        found.add(new Violation(id, what));
    }
}

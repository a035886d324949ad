package dev.paddock.replay;

import dev.paddock.manager.recording.RecordedLine;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.replay.Contender.Group;
import dev.paddock.replay.Outcome.Made;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the manager that recorded did at that time, as far as it is in the recording. */
final class Happened {
    private Happened() {}

    /** Empty if no match is recorded, as in generated ones. */
    static Optional<Outcome> in(Recording recording, Instant until) {
        Map<String, Ticket> waiting = new HashMap<>();
        Set<String> known = new HashSet<>();
        List<Made> made = new ArrayList<>();
        int players = 0;
        int left = 0;
        for (RecordedLine line : recording.lines()) {
            if (line.at().isAfter(until)) {
                break;
            }
            switch (line) {
                case RecordedLine.Queued queued -> {
                    players += known.add(queued.ticketId()) ? queued.players().size() : 0;
                    waiting.put(
                            queued.ticketId(),
                            RecordedTickets.ticket(recording.rules().mode(), queued));
                }
                case RecordedLine.Left gone -> left += waiting.remove(gone.ticketId()) == null ? 0 : 1;
                case RecordedLine.Formed formed -> made(formed, waiting).ifPresent(made::add);
                case RecordedLine.Rules ignored -> {}
                case RecordedLine.Dropped ignored -> {}
            }
        }
        Instant limit = until.minus(recording.rules().matching().ticketLifetime());
        int expired = (int) waiting.values().stream()
                .filter(ticket -> !ticket.createdAt().isAfter(limit))
                .count();
        return made.isEmpty()
                ? Optional.empty()
                : Optional.of(new Outcome(made, known.size(), players, left, expired, waiting.size() - expired));
    }

    /** Empty if one of its tickets is not known: its line was dropped. */
    private static Optional<Made> made(RecordedLine.Formed formed, Map<String, Ticket> waiting) {
        List<List<Ticket>> teams = new ArrayList<>();
        boolean whole = true;
        for (List<String> ids : formed.teams()) {
            List<Ticket> team = new ArrayList<>();
            for (String id : ids) {
                Ticket ticket = waiting.remove(id);
                whole &= ticket != null;
                if (ticket != null) {
                    team.add(ticket);
                }
            }
            teams.add(team);
        }
        return whole ? Optional.of(new Made(formed.at(), new Group(formed.region(), teams))) : Optional.empty();
    }
}

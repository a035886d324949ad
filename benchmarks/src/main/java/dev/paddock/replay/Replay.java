package dev.paddock.replay;

import dev.paddock.manager.recording.RecordedLine;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.replay.Contender.Found;
import dev.paddock.replay.Contender.Group;
import dev.paddock.replay.Outcome.Made;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a recording through a {@link Contender}: a discrete-event simulation, so an hour takes a moment and the same input
 * gives the same output.
 *
 * <pre>
 * now = the next line │ the next moment that the contender named │ the next ticket's end of life
 *   └─▶ expire ─▶ take in the lines of this moment ─▶ match ─┐
 *   ▲                                                         │
 *   └─────────────────────────────────────────────────────────┘
 * </pre>
 *
 * Formed matches always start: acceptance, seats in running matches and lost sockets are not simulated. A ticket that was
 * taken back while it waited in the recording is taken back here too, if it still waits by then.
 */
final class Replay {
    private final Recording recording;
    private final @Nullable MatchingRules tried;
    private final Contender.Maker maker;
    private final Instant until;

    private final Map<String, Ticket> waiting = new LinkedHashMap<>();
    private final PriorityQueue<Ticket> oldest =
            new PriorityQueue<>(Comparator.comparing(Ticket::createdAt).thenComparing(Ticket::ticketId));
    private final Set<String> known = new HashSet<>();
    private final List<Made> made = new ArrayList<>();
    private MatchingRules rules;
    private Contender contender;
    private int players;
    private int left;
    private int expired;

    private Replay(Recording recording, @Nullable MatchingRules tried, Contender.Maker maker, Instant until) {
        this.recording = recording;
        this.tried = tried;
        this.maker = maker;
        this.until = until;
        this.rules = tried == null ? recording.rules().matching() : tried;
        this.contender = maker.make(rules, recording.rules().regions());
    }

    /**
     * @param tried the rules to go by; null: those of the recording
     * @param until what comes later is not looked at
     */
    static Outcome run(Recording recording, @Nullable MatchingRules tried, Contender.Maker maker, Instant until) {
        return new Replay(recording, tried, maker, until).run();
    }

    private Outcome run() {
        List<RecordedLine> lines = recording.lines();
        int next = 0;
        Instant moment = null;
        while (true) {
            Instant now = next < lines.size() ? lines.get(next).at() : null;
            now = earlier(now, moment);
            now = earlier(now, nextExpiry());
            if (now == null || now.isAfter(until)) {
                break;
            }
            expire(now);
            while (next < lines.size() && !lines.get(next).at().isAfter(now)) {
                take(lines.get(next++));
            }
            moment = match(now);
        }
        return new Outcome(made, known.size(), players, left, expired, waiting.size());
    }

    private void take(RecordedLine line) {
        switch (line) {
            case RecordedLine.Rules changed -> change(changed);
            case RecordedLine.Queued queued -> queue(queued);
            case RecordedLine.Left gone -> {
                if (waiting.remove(gone.ticketId()) != null) {
                    contender.remove(gone.ticketId());
                    left++;
                }
            }
            // What happened then is not what would happen now.
            case RecordedLine.Formed ignored -> {}
            case RecordedLine.Dropped ignored -> {}
        }
    }

    private void queue(RecordedLine.Queued queued) {
        boolean isNew = known.add(queued.ticketId());
        if (isNew) {
            players += queued.players().size();
        }
        boolean isBack = Boolean.TRUE.equals(queued.returned());
        if ((!isNew && !isBack) || waiting.containsKey(queued.ticketId())) {
            return;
        }
        Ticket ticket = RecordedTickets.ticket(recording.rules().mode(), queued);
        waiting.put(ticket.ticketId(), ticket);
        oldest.add(ticket);
        contender.add(ticket);
    }

    private void change(RecordedLine.Rules changed) {
        rules = tried == null ? changed.matching() : tried;
        contender = maker.make(rules, changed.regions());
        waiting.values().forEach(contender::add);
    }

    private @Nullable Instant match(Instant now) {
        Found found = contender.match(now);
        for (Group group : found.groups()) {
            for (Ticket ticket : group.tickets()) {
                if (waiting.remove(ticket.ticketId()) == null) {
                    throw new IllegalStateException("matched, but did not wait: " + ticket.ticketId());
                }
            }
            made.add(new Made(now, group));
        }
        Instant moment = found.nextMoment();
        // Time must pass, or the simulation would stand still.
        return moment == null || moment.isAfter(now) ? moment : now.plusMillis(1);
    }

    private void expire(Instant now) {
        for (Instant next = nextExpiry(); next != null && !next.isAfter(now); next = nextExpiry()) {
            String ticketId = oldest.remove().ticketId();
            waiting.remove(ticketId);
            contender.remove(ticketId);
            expired++;
        }
    }

    private @Nullable Instant nextExpiry() {
        // Those that ended otherwise are forgotten when they come to the front.
        while (!oldest.isEmpty() && waiting.get(oldest.peek().ticketId()) != oldest.peek()) {
            oldest.remove();
        }
        return oldest.isEmpty() ? null : oldest.peek().createdAt().plus(rules.ticketLifetime());
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}

package dev.paddock.replay;

import dev.paddock.manager.recording.RecordedLine;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.replay.Contender.Found;
import dev.paddock.replay.Contender.Group;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
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
    /** More would be hours ago, and a recording may be larger than memory. */
    private static final int MOST_KNOWN = 500_000;

    private final Recording recording;
    private final @Nullable MatchingRules tried;
    private final Contender.Maker maker;

    private final Map<String, Ticket> waiting = new LinkedHashMap<>();
    private final PriorityQueue<Ticket> oldest =
            new PriorityQueue<>(Comparator.comparing(Ticket::createdAt).thenComparing(Ticket::ticketId));
    private final Tally tally = new Tally();

    /** Ids that came lately: a ticket is said again when it comes back, and when it has changed. */
    private final Set<String> known = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_KNOWN;
        }
    });

    private MatchingRules rules;
    private Contender contender;
    private long dropped;

    private Replay(Recording recording, @Nullable MatchingRules tried, Contender.Maker maker) {
        this.recording = recording;
        this.tried = tried;
        this.maker = maker;
        this.rules = tried == null ? recording.rules().matching() : tried;
        this.contender = maker.make(rules, recording.rules().regions());
    }

    /** @param dropped how many notes the recorder could not write */
    record Outcome(Instant end, long dropped, Summary summary) {}

    /**
     * @param tried the rules to go by; null: those of the recording
     * @param until what comes later is not looked at; null: to the last line
     */
    static Outcome run(
            Recording recording, @Nullable MatchingRules tried, Contender.Maker maker, @Nullable Instant until)
            throws IOException {
        return new Replay(recording, tried, maker).run(until);
    }

    private Outcome run(@Nullable Instant until) throws IOException {
        Instant end = recording.start();
        try (RecordingReader lines = recording.lines()) {
            RecordedLine next = lines.next();
            Instant moment = null;
            while (next != null || until != null) {
                Instant now = earlier(earlier(next == null ? null : next.at(), moment), nextExpiry());
                if (now == null || until != null && now.isAfter(until)) {
                    break;
                }
                end = now;
                expire(now);
                while (next != null && !next.at().isAfter(now)) {
                    take(next);
                    next = lines.next();
                }
                moment = match(now);
            }
        }
        end = until == null ? end : until;
        for (Ticket ticket : waiting.values()) {
            tally.waits(ticket, end);
        }
        return new Outcome(end, dropped, tally.summary());
    }

    private void take(RecordedLine line) {
        switch (line) {
            case RecordedLine.Rules changed -> change(changed);
            case RecordedLine.Queued queued -> queue(queued);
            case RecordedLine.Left gone -> {
                Ticket ticket = waiting.remove(gone.ticketId());
                if (ticket != null) {
                    contender.remove(gone.ticketId());
                    tally.left(ticket, gone.at());
                }
            }
            case RecordedLine.Formed match -> contender.recorded(match);
            case RecordedLine.Dropped missing -> dropped += missing.count();
        }
    }

    private void queue(RecordedLine.Queued queued) {
        boolean isNew = known.add(queued.ticketId());
        boolean isBack = Boolean.TRUE.equals(queued.returned());
        boolean waits = waiting.containsKey(queued.ticketId());
        if (isNew) {
            tally.came(queued);
        } else if (!isBack && !waits) {
            // Said again, of a ticket that was matched or has expired here.
            return;
        }
        Ticket ticket = RecordedTickets.ticket(recording.rules().mode(), queued);
        if (waits) {
            contender.remove(ticket.ticketId());
        }
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
            tally.matched(group, now);
        }
        Instant moment = found.nextMoment();
        // Time must pass, or the simulation would stand still.
        return moment == null || moment.isAfter(now) ? moment : now.plusMillis(1);
    }

    private void expire(Instant now) {
        for (Instant next = nextExpiry(); next != null && !next.isAfter(now); next = nextExpiry()) {
            Ticket ticket = oldest.remove();
            waiting.remove(ticket.ticketId());
            contender.remove(ticket.ticketId());
            tally.expired(ticket, next);
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

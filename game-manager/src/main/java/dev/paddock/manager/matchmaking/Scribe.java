package dev.paddock.manager.matchmaking;

import dev.paddock.manager.matchmaking.Commits.Forming;
import dev.paddock.manager.matchmaking.Seatings.Taking;
import dev.paddock.manager.recording.Note;
import dev.paddock.manager.recording.Recorder;
import dev.paddock.manager.redis.StreamEntry;
import dev.paddock.manager.ticket.Ticket;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Tells the recorder what the loop sees and does, if it wants to know. */
final class Scribe {
    private final Recorder recorder;
    private final Supplier<Rules> rules;
    private final Supplier<List<Ticket>> waiting;

    /** @param waiting all that wait, as the loop knows it */
    Scribe(Recorder recorder, Supplier<Rules> rules, Supplier<List<Ticket>> waiting) {
        this.recorder = recorder;
        this.rules = rules;
        this.waiting = waiting;
    }

    /** The queue was read anew. */
    void loaded(Instant now) {
        if (recorder.isOn()) {
            note(new Note.Loaded(now, waiting.get()));
        }
    }

    /** Said before the loop takes them in. */
    void arrived(Instant now, List<StreamEntry> entries) {
        if (!recorder.isOn()) {
            return;
        }
        if (recorder.wantsAll(rules.get().mode().name())) {
            loaded(now);
        }
        note(new Note.Arrived(now, entries));
    }

    void formed(Instant now, List<Forming> formed) {
        if (recorder.isOn()) {
            formed.forEach(forming -> note(new Note.Formed(now, forming.match().region(), teams(forming.match()))));
        }
    }

    /** They have left the queue; a replay knows of no match that runs. */
    void seated(Instant now, List<Taking> taken) {
        if (recorder.isOn()) {
            taken.forEach(taking -> note(new Note.Seated(
                    now,
                    taking.seating().tickets().stream().map(Ticket::ticketId).toList())));
        }
    }

    private void note(Note note) {
        Rules by = rules.get();
        recorder.note(by.mode(), by.regions(), note);
    }

    /** The tickets of each team; a party's ticket is one. */
    private static List<List<String>> teams(FormedMatch match) {
        TreeMap<Integer, Set<String>> teams = new TreeMap<>();
        for (FormedMatch.FormedPlayer player : match.players()) {
            teams.computeIfAbsent(player.player().team(), team -> new LinkedHashSet<>())
                    .add(player.ticketId());
        }
        return teams.values().stream().map(List::copyOf).toList();
    }
}

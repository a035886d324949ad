package dev.paddock.manager.matchmaking;

import dev.paddock.manager.matchmaking.Commits.Forming;
import dev.paddock.manager.recording.Note;
import dev.paddock.manager.recording.Recorder;
import dev.paddock.manager.redis.StreamEntry;
import dev.paddock.manager.ticket.Ticket;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Tells the recorder what the loop sees and does, if it wants to know. */
final class Scribe {
    private final Recorder recorder;
    private final Supplier<Rules> rules;

    Scribe(Recorder recorder, Supplier<Rules> rules) {
        this.recorder = recorder;
        this.rules = rules;
    }

    void loaded(Instant now, Function<Instant, List<Ticket>> createdUpTo) {
        if (recorder.isOn()) {
            note(new Note.Loaded(now, createdUpTo.apply(Instant.MAX)));
        }
    }

    void arrived(Instant now, List<StreamEntry> entries) {
        if (recorder.isOn()) {
            note(new Note.Arrived(now, entries));
        }
    }

    void formed(Instant now, List<Forming> formed) {
        if (recorder.isOn()) {
            formed.forEach(forming -> note(new Note.Formed(now, forming.match().region(), teams(forming.match()))));
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

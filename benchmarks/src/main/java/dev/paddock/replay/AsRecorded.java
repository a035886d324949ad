package dev.paddock.replay;

import dev.paddock.manager.recording.RecordedLine;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.mode.MatchingRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the manager that recorded did at that time, as far as it is in the recording. */
final class AsRecorded implements Contender {
    private final Map<String, Ticket> waiting = new HashMap<>();
    private final List<Group> formed = new ArrayList<>();

    // The same shape as the others'.
    AsRecorded(MatchingRules ignoredRules, List<String> ignoredRegions) {}

    @Override
    public void add(Ticket ticket) {
        waiting.put(ticket.ticketId(), ticket);
    }

    @Override
    public void remove(String ticketId) {
        waiting.remove(ticketId);
    }

    @Override
    public void recorded(RecordedLine.Formed match) {
        List<List<Ticket>> teams = new ArrayList<>();
        for (List<String> ids : match.teams()) {
            // A ticket that is not known: its line was dropped, or it came before the recording. Its match is not
            // counted.
            if (!waiting.keySet().containsAll(ids)) {
                return;
            }
            teams.add(ids.stream().map(waiting::get).toList());
        }
        match.teams().forEach(ids -> ids.forEach(waiting::remove));
        formed.add(new Group(match.region(), teams));
    }

    @Override
    public Found match(Instant now) {
        Found found = new Found(List.copyOf(formed), null);
        formed.clear();
        return found;
    }
}

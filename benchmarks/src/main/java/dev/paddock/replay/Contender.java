package dev.paddock.replay;

import dev.paddock.manager.recording.RecordedLine;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.mode.MatchingRules;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What brings tickets together, as a replay drives it: the manager's matcher, a baseline, or what happened then. */
interface Contender {
    void add(Ticket ticket);

    void remove(String ticketId);

    /** A match that was formed at that time: what happened then is not what would happen now. */
    default void recorded(RecordedLine.Formed match) {}

    /** Brings together whoever fits now; those are not waiting any more. */
    Found match(Instant now);

    /** @param nextMoment before which waiting alone brings nobody together; null: it never will */
    record Found(List<Group> groups, @Nullable Instant nextMoment) {}

    /** One match. */
    record Group(String region, List<List<Ticket>> teams) {
        List<Ticket> tickets() {
            return teams.stream().flatMap(List::stream).toList();
        }
    }

    /** Makes one with nobody waiting. */
    interface Maker {
        Contender make(MatchingRules rules, List<String> regions);
    }
}

package dev.paddock.replay;

import dev.paddock.manager.recording.RecordedLine;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.replay.Contender.Group;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Sees who is brought together by contenders that it watches over. */
final class Watch {
    private final List<Made> made = new ArrayList<>();

    record Made(Instant at, Group group) {}

    List<Made> made() {
        return made;
    }

    /** Who met whom, whenever and in whatever order. */
    Set<Set<String>> met() {
        return made.stream()
                .map(match ->
                        match.group().tickets().stream().map(Ticket::ticketId).collect(Collectors.toSet()))
                .collect(Collectors.toSet());
    }

    Contender.Maker over(Contender.Maker maker) {
        return (rules, regions) -> {
            Contender contender = maker.make(rules, regions);
            return new Contender() {
                @Override
                public void add(Ticket ticket) {
                    contender.add(ticket);
                }

                @Override
                public void remove(String ticketId) {
                    contender.remove(ticketId);
                }

                @Override
                public void recorded(RecordedLine.Formed match) {
                    contender.recorded(match);
                }

                @Override
                public Found match(Instant now) {
                    Found found = contender.match(now);
                    found.groups().forEach(group -> made.add(new Made(now, group)));
                    return found;
                }
            };
        };
    }
}

package dev.paddock.replay;

import dev.paddock.manager.matchmaking.Pool;
import dev.paddock.manager.matchmaking.Proposals;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.mode.MatchingRules;
import java.time.Instant;
import java.util.List;

/** The matcher that managers run, untouched. */
final class ManagersMatcher implements Contender {
    private final Pool pool;

    ManagersMatcher(MatchingRules rules, List<String> regions) {
        this.pool = new Pool(rules, regions);
    }

    @Override
    public void add(Ticket ticket) {
        pool.add(ticket);
    }

    @Override
    public void remove(String ticketId) {
        pool.remove(ticketId);
    }

    @Override
    public Found match(Instant now) {
        Proposals proposals = pool.match(now);
        List<Group> groups = proposals.matches().stream()
                .map(match -> new Group(match.region(), match.teams()))
                .toList();
        return new Found(groups, proposals.nextMoment());
    }
}

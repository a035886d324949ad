package dev.paddock.manager.matchmaking;

import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.mode.MatchingRules;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tickets of one mode that wait, and who of them can play together. Not for two threads.
 *
 * <p>What {@link #match} proposes has left the pool; whatever of it cannot be had is {@link #add added} again.
 */
public final class Pool {
    private final MatchingRules rules;
    private final List<String> regions;
    private final Map<String, Ticket> tickets = new HashMap<>();
    private final Matcher matcher = new Matcher();
    private boolean changed;
    private @Nullable Instant nextMoment;

    public Pool(MatchingRules rules, Collection<String> regions) {
        this.rules = rules;
        this.regions = List.copyOf(regions);
    }

    /** Takes in a ticket that waits; one with the same id is replaced. */
    public void add(Ticket ticket) {
        tickets.put(ticket.ticketId(), ticket);
        changed = true;
    }

    /** @return the ticket that was there */
    public Optional<Ticket> remove(String ticketId) {
        return Optional.ofNullable(tickets.remove(ticketId));
    }

    public Optional<Ticket> find(String ticketId) {
        return Optional.ofNullable(tickets.get(ticketId));
    }

    public Collection<Ticket> tickets() {
        return tickets.values();
    }

    public int size() {
        return tickets.size();
    }

    /** Who can play together now. They leave the pool. */
    public Proposals match(Instant now) {
        if (!changed && (nextMoment == null || now.isBefore(nextMoment))) {
            return new Proposals(List.of(), nextMoment);
        }
        Proposals found = matcher.match(tickets.values(), rules, regions, now);
        changed = false;
        nextMoment = found.nextMoment();
        found.matches().forEach(match -> match.tickets().forEach(ticket -> tickets.remove(ticket.ticketId())));
        return found;
    }

    /** Why a ticket still waits; empty if it does not. */
    public Optional<Reasons> why(String ticketId, Instant now) {
        return find(ticketId).map(ticket -> new Inspection(rules, regions, now).why(ticket, tickets.values()));
    }

    public QueueNumbers numbers(Instant now) {
        return new Inspection(rules, regions, now).numbers(tickets.values());
    }
}

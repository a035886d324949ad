package dev.paddock.manager.match;

import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.Tickets;
import dev.paddock.protocol.Id;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Matches as their players may see them: from Redis while they are live and for a while after, then from MySQL. Nothing of
 * a match is visible to anyone else; for them it does not exist.
 */
@Singleton
final class MatchQueries {
    private final MatchScripts scripts;
    private final ResultStore store;
    private final Tickets tickets;
    private final Modes modes;

    MatchQueries(MatchScripts scripts, ResultStore store, Tickets tickets, Modes modes) {
        this.scripts = scripts;
        this.store = store;
        this.tickets = tickets;
        this.modes = modes;
    }

    Optional<MatchView> find(String matchId, String playerId) {
        if (!Id.isValid(matchId)) {
            return Optional.empty();
        }
        Optional<StoredMatch> match = scripts.findIn(modes.knownNames(), matchId);
        if (match.isPresent()) {
            return match.filter(stored -> stored.hasPlayer(playerId)).map(stored -> view(stored, playerId));
        }
        return store.find(matchId, playerId).map(finished -> MatchView.of(finished, playerId));
    }

    /** A match of this player that Redis knows. */
    Optional<StoredMatch> stored(String matchId, String playerId) {
        return Id.isValid(matchId)
                ? scripts.findIn(modes.knownNames(), matchId).filter(match -> match.hasPlayer(playerId))
                : Optional.empty();
    }

    /** Newest first: the live one, if it comes before the cursor, then those that are over. */
    Page list(String playerId, Set<MatchState> states, MatchCursor cursor, int limit) {
        List<MatchView> items = new ArrayList<>();
        MatchCursor last = cursor;
        Optional<StoredMatch> live = cursor.equals(MatchCursor.START) ? live(playerId, states) : Optional.empty();
        if (live.isPresent()) {
            items.add(view(live.get(), playerId));
            last = MatchCursor.after(live.get().formed().formedAt(), live.get().matchId());
        }
        List<MatchState> over =
                states.stream().filter(state -> !state.isLive()).sorted().toList();
        // One more than fits says whether there is another page.
        List<FinishedMatch> found = over.isEmpty()
                ? List.of()
                : store.before(playerId, over, last.formedAt(), last.matchId(), limit - items.size() + 1);
        int fits = limit - items.size();
        for (FinishedMatch match : found.subList(0, Math.min(fits, found.size()))) {
            items.add(MatchView.of(match, playerId));
            last = MatchCursor.after(match.formedAt(), match.matchId());
        }
        return new Page(items, found.size() > fits ? last.text() : null);
    }

    private Optional<StoredMatch> live(String playerId, Set<MatchState> states) {
        return tickets.currentOf(playerId)
                .filter(ticket -> ticket.matchId() != null)
                .flatMap(this::match)
                .filter(match -> match.state().isLive() && states.contains(match.state()))
                .filter(match -> match.hasPlayer(playerId));
    }

    private Optional<StoredMatch> match(Ticket ticket) {
        return Optional.ofNullable(ticket.matchId()).flatMap(matchId -> scripts.find(ticket.mode(), matchId));
    }

    private MatchView view(StoredMatch match, String playerId) {
        Instant queuedAt = match.formed().players().stream()
                .filter(player -> player.player().playerId().equals(playerId))
                .findFirst()
                .flatMap(player -> tickets.find(match.mode(), player.ticketId()))
                .map(Ticket::createdAt)
                .orElse(null);
        return MatchView.of(match, playerId, queuedAt);
    }

    /**
     * A page of matches.
     *
     * @param nextCursor where the next one begins; absent on the last
     */
    record Page(List<MatchView> items, @Nullable String nextCursor) {
        Page {
            items = List.copyOf(items);
        }
    }
}

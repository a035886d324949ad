package dev.paddock.manager.match;

import dev.paddock.manager.match.AcceptScripts.Dissolving.Early;
import dev.paddock.manager.match.AcceptScripts.Dissolving.Now;
import dev.paddock.manager.match.AcceptScripts.Dissolving.Other;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.Tickets;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a match that not all of its players accepted. One script decides who leaves and who waits again; a replica that dies
 * before it has told them is followed by the next look at the match.
 */
@Singleton
final class Dissolving {
    /** Reason of a match that says none: it was dissolved, so not all have accepted. */
    private static final String NOT_ACCEPTED = "not-accepted";

    /** A look by a clock that goes before that of Redis comes too early, and again after this. */
    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(Dissolving.class);

    private final AcceptScripts accepting;
    private final MatchScripts scripts;
    private final Tickets tickets;
    private final Pushing pushing;
    private final InstantSource time;

    Dissolving(AcceptScripts accepting, MatchScripts scripts, Tickets tickets, Pushing pushing, InstantSource time) {
        this.accepting = accepting;
        this.scripts = scripts;
        this.tickets = tickets;
        this.pushing = pushing;
        this.time = time;
    }

    @EventListener
    void start(StartupEvent event) {
        tickets.onLateCancel(this::cancel);
    }

    /** Time is up. */
    void lapse(StoredMatch match) {
        dissolve(match, null);
    }

    void decline(StoredMatch match, String playerId) {
        dissolve(match, playerId);
    }

    /** The players are being asked, and may not have heard of it. */
    void remind(StoredMatch match, Duration left) {
        pushing.found(match, time.instant());
        scripts.waitFor(match.mode(), match.matchId(), left);
    }

    /** Whoever ended it may have died before this. */
    void tell(StoredMatch match, String dissolved) {
        String reason = Objects.requireNonNullElse(match.reason(), NOT_ACCEPTED);
        Instant now = time.instant();
        Map<String, Ticket> known = new HashMap<>();
        for (Ticket ticket : tickets(match)) {
            known.put(ticket.ticketId(), ticket);
        }
        Map<String, String> waiting = new HashMap<>();
        for (String outcome : dissolved.split(" ", -1)) {
            Ticket ticket = outcome.isEmpty() ? null : known.get(outcome.substring(1));
            if (ticket == null) {
                continue;
            }
            if (outcome.charAt(0) == 'W') {
                ticket.players().forEach(player -> waiting.put(player.playerId(), ticket.ticketId()));
            } else {
                tickets.release(ticket);
                tickets.tell(ticket.cancelled(reason, now));
            }
        }
        pushing.cancelled(match.formed(), reason, waiting, now);
        scripts.waitFor(match.mode(), match.matchId(), Duration.ZERO);
        LOG.info(
                "match dissolved matchId={} mode={} reason={} playersBack={}",
                match.matchId(),
                match.mode(),
                reason,
                waiting.size());
    }

    /** Whoever cancels a ticket while its match is being asked about declines the match. */
    private void cancel(Ticket ticket, String playerId) {
        Optional.ofNullable(ticket.matchId())
                .flatMap(matchId -> scripts.find(ticket.mode(), matchId))
                .filter(match -> match.state() == MatchState.PROPOSED)
                .ifPresent(match -> decline(match, playerId));
    }

    private void dissolve(StoredMatch match, @Nullable String declinedBy) {
        switch (accepting.dissolve(match.formed(), tickets(match), declinedBy, time.instant())) {
            case Now(String reason, String dissolved) -> tell(match.because(reason), dissolved);
            case Early() -> scripts.waitFor(match.mode(), match.matchId(), A_MOMENT);
            case Other() -> LOG.debug("not asked about any more matchId={}", match.matchId());
        }
    }

    /** In the order of the players; a party is one ticket. */
    private List<Ticket> tickets(StoredMatch match) {
        return scripts.tickets(match.formed()).stream()
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}

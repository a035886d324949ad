package dev.paddock.manager.match;

import dev.paddock.manager.match.FinishedMatch.FinishedPlayer;
import dev.paddock.manager.match.Joined.Taking;
import dev.paddock.manager.matchmaking.FormedMatch;
import dev.paddock.manager.matchmaking.FormedMatch.FormedPlayer;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.Tickets;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.MatchResult;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ways in which a match is over: ended by its server, cancelled because that server was lost, given up because none
 * could be had, or not accepted ({@link Dissolving}). Then the players are free for another ticket, or wait again, and are told.
 */
@Singleton
final class Endings {
    /** Reason of a cancelled match, as players and MySQL see it: no server could be had. */
    static final String NO_SERVER = "no-server";

    /** Its server died. */
    static final String SERVER_LOST = "server-lost";

    /** How often a match is read again that somebody joins while it is being ended. */
    private static final int TRIES = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

    private final MatchScripts scripts;
    private final Tickets tickets;
    private final Pushing pushing;
    private final Dissolving dissolving;
    private final DirectorClient director;
    private final InstantSource time;

    Endings(
            MatchScripts scripts,
            Tickets tickets,
            Pushing pushing,
            Dissolving dissolving,
            DirectorClient director,
            InstantSource time) {
        this.scripts = scripts;
        this.tickets = tickets;
        this.pushing = pushing;
        this.dissolving = dissolving;
        this.director = director;
        this.time = time;
    }

    void end(MatchEvent.Ended ended) {
        Optional<StoredMatch> found = scripts.find(ended.mode(), ended.matchId());
        if (found.isEmpty()) {
            LOG.info("ended, but nobody knows it matchId={} serverId={}", ended.matchId(), ended.serverId());
            return;
        }
        String serverId = ended.serverId();
        over(
                        found.get(),
                        serverId,
                        match -> finished(match, MatchState.ENDED, ofPlayers(match, ended), null, serverId, ended.at()))
                .ifPresent(match -> {
                    // On a repetition too: whoever ended it may have died before this.
                    release(match.formed());
                    MatchResult result = ofPlayers(match, ended);
                    pushing.ended(match.formed(), result, ended.at());
                    LOG.info(
                            "match ended matchId={} mode={} outcome={}",
                            match.matchId(),
                            match.mode(),
                            result.outcome());
                });
    }

    /** The server died with the match. */
    void lose(StoredMatch lost, String serverId, String why) {
        Instant now = time.instant();
        over(lost, serverId, match -> finished(match, MatchState.CANCELLED, null, SERVER_LOST, serverId, now))
                .ifPresent(match -> {
                    release(match.formed());
                    pushing.cancelled(match.formed(), SERVER_LOST, Map.of(), now);
                    LOG.warn(
                            "match lost matchId={} mode={} serverId={} why={}",
                            match.matchId(),
                            match.mode(),
                            serverId,
                            why);
                    director.stop(match.formed(), serverId, why);
                });
    }

    /** The match as it was when it ended, now or before; nothing if it is not this server's to end. */
    private Optional<StoredMatch> over(
            StoredMatch found, String serverId, Function<StoredMatch, FinishedMatch> finished) {
        StoredMatch match = found;
        for (int tries = 0; tries < TRIES; tries++) {
            Taking seating = match.joined().seating();
            List<Ticket> underWay = seating == null ? List.of() : scripts.tickets(seating.taken());
            switch (scripts.end(match, serverId, finished.apply(match), underWay)) {
                case NOW -> {
                    tellUnseated(seating);
                    return Optional.of(match);
                }
                case AGAIN -> {
                    // It may have ended, and others may have joined, since it was read; whoever ended it may have died.
                    StoredMatch ended =
                            scripts.find(match.mode(), match.matchId()).orElse(match);
                    tellUnseated(ended.joined().unseated());
                    return Optional.of(ended);
                }
                case OTHER -> {
                    LOG.info(
                            "not the end of it matchId={} serverId={} is={}", match.matchId(), serverId, match.state());
                    return Optional.empty();
                }
                case CHANGED ->
                    match = scripts.find(match.mode(), match.matchId()).orElse(match);
            }
        }
        // Nobody answers the director then, and it says it again.
        throw new IllegalStateException("each time it is to be ended somebody has joined: " + found.matchId());
    }

    /** Those who were under way to a free seat wait again. */
    private void tellUnseated(@Nullable Taking taking) {
        if (taking != null) {
            pushing.unseated(taking.taken(), scripts.tickets(taking.taken()), time.instant());
        }
    }

    /** Without those whom the server had agreed to take, but who were sent back before anybody told them. */
    private static MatchResult ofPlayers(StoredMatch match, MatchEvent.Ended ended) {
        MatchResult result = ended.result();
        return new MatchResult(
                result.outcome(),
                result.standings().stream()
                        .filter(standing -> match.hasPlayer(standing.playerId()))
                        .toList());
    }

    /** No server could be had: the tickets wait again, as long as they did before. */
    void giveUp(StoredMatch match, String why) {
        List<Ticket> waiting = scripts.tickets(match.formed()).stream()
                .filter(Objects::nonNull)
                .map(Ticket::waitingAgain)
                // A party is one ticket.
                .distinct()
                .toList();
        Optional<List<String>> again = scripts.requeue(match.formed(), waiting, NO_SERVER);
        if (again.isEmpty()) {
            return;
        }
        Map<String, String> ticketIds = new HashMap<>();
        for (FormedPlayer player : match.formed().players()) {
            if (again.get().contains(player.ticketId())) {
                ticketIds.put(player.player().playerId(), player.ticketId());
            }
        }
        pushing.cancelled(match.formed(), NO_SERVER, ticketIds, time.instant());
        scripts.waitFor(match.mode(), match.matchId(), Duration.ZERO);
        LOG.warn(
                "match given up matchId={} mode={} attempts={} ticketsBack={} why={}",
                match.matchId(),
                match.mode(),
                match.attempt(),
                ticketIds.size(),
                why);
        String assignedTo = match.assignedTo();
        if (assignedTo != null) {
            director.stop(match.formed(), assignedTo, why);
        }
    }

    /** Not all have accepted in time. */
    void lapse(StoredMatch match) {
        dissolving.lapse(match);
    }

    /** They are still being asked. */
    void remind(StoredMatch match, Duration left) {
        dissolving.remind(match, left);
    }

    /** It was not accepted, or got no server, and the players may not have heard of it. */
    void tell(StoredMatch match, String dissolved) {
        dissolving.tell(match, dissolved);
    }

    private void release(FormedMatch match) {
        match.players().forEach(player -> tickets.release(player.player().playerId(), player.ticketId()));
    }

    private FinishedMatch finished(
            StoredMatch match,
            MatchState state,
            @Nullable MatchResult result,
            @Nullable String reason,
            String serverId,
            Instant endedAt) {
        FormedMatch formed = match.formed();
        List<@Nullable Ticket> of = scripts.tickets(formed);
        List<FinishedPlayer> players = new ArrayList<>();
        for (int i = 0; i < formed.players().size(); i++) {
            Ticket ticket = of.get(i);
            var player = formed.players().get(i).player();
            players.add(new FinishedPlayer(
                    player,
                    ticket == null ? null : ticket.createdAt(),
                    match.told().get(player.playerId())));
        }
        return new FinishedMatch(
                formed.matchId(),
                formed.mode(),
                formed.region(),
                state,
                players,
                result,
                reason,
                serverId,
                match.standby(),
                match.at(),
                formed.formedAt(),
                endedAt);
    }
}

package dev.paddock.manager.match;

import dev.paddock.manager.matchmaking.FormedMatch;
import dev.paddock.manager.ticket.Sweeper;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at live matches when they are due: asks again for a server that does not come, and what became of one that is
 * silent. This repairs every event that was lost, and gives the players their places back if Redis has lost them. Every
 * replica looks; a script gives each match to one of them.
 */
@Singleton
final class LiveMatches {
    private static final Logger LOG = LoggerFactory.getLogger(LiveMatches.class);

    private final MatchScripts scripts;
    private final MatchSteps steps;
    private final Seating seating;
    private final Sweeper sweeper;
    private final Semaphore places;

    LiveMatches(MatchScripts scripts, MatchSteps steps, Seating seating, Sweeper sweeper, MatchSettings settings) {
        this.scripts = scripts;
        this.steps = steps;
        this.seating = seating;
        this.sweeper = sweeper;
        this.places = new Semaphore(settings.atATime());
    }

    /** Looks at the matches of a mode that are due now, without waiting for what comes of it. */
    void look(String mode) {
        int free = places.availablePermits();
        if (free == 0) {
            return;
        }
        for (String matchId : scripts.due(mode, free)) {
            if (places.tryAcquire()) {
                Thread.ofVirtual().name("look").start(() -> look(mode, matchId));
            }
        }
    }

    private void look(String mode, String matchId) {
        try {
            Optional<StoredMatch> match = scripts.find(mode, matchId);
            match.ifPresent(seating::look);
            steps.proceed(mode, matchId, match, new Seen.TimePassed());
            // After it: on a cluster the players' server may be away, which must not hold up their match.
            match.filter(found -> found.state().isLive()).ifPresent(this::keepPlaces);
        } catch (Exception e) {
            LOG.warn("a look will be tried again matchId={} mode={} why={}", matchId, mode, e.toString());
        } finally {
            places.release();
        }
    }

    private void keepPlaces(StoredMatch match) {
        sweeper.keep(
                match.mode(),
                match.players()
                        .collect(Collectors.toMap(
                                player -> player.player().playerId(), FormedMatch.FormedPlayer::ticketId)));
    }
}

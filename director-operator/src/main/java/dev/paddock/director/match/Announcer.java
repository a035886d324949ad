package dev.paddock.director.match;

import dev.paddock.director.bus.Bus;
import dev.paddock.director.bus.NoAnswerException;
import dev.paddock.director.fleet.ServerBook;
import dev.paddock.protocol.Heard;
import dev.paddock.protocol.MalformedException;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.match.MatchEvent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the managers what became of a match, every half second until one has heard it, for three minutes at most: longer than
 * a Redis takes that is killed and has much to read, twice. After that they find out by asking {@code start} again.
 */
@Singleton
final class Announcer {
    static final Duration PAUSE = Duration.ofMillis(500);
    static final Duration AT_MOST = Duration.ofMinutes(3);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final Bus bus;
    private final ServerBook book;
    private final InstantSource time;
    private final Set<String> beingTold = ConcurrentHashMap.newKeySet();

    Announcer(Bus bus, ServerBook book, InstantSource time) {
        this.bus = bus;
        this.book = book;
        this.time = time;
    }

    /** Whether a manager has heard it; false also when it is being told already. Blocks meanwhile. */
    boolean tellUntilHeard(MatchEvent event) {
        String key = subject(event) + said(event);
        if (!beingTold.add(key)) {
            return false;
        }
        try {
            return repeat(event);
        } finally {
            beingTold.remove(key);
        }
    }

    private boolean repeat(MatchEvent event) {
        long until = System.nanoTime() + AT_MOST.toNanos();
        String why = "";
        while (System.nanoTime() < until && !Thread.currentThread().isInterrupted()) {
            try {
                bus.request(subject(event), event, Heard.class, ANSWER_WITHIN);
                book.heard(event, time.instant());
                return true;
            } catch (NoAnswerException | MalformedException e) {
                why = String.valueOf(e.getMessage());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        LOG.warn(
                "no manager heard what became of a match matchId={} mode={} why={}",
                event.matchId(),
                event.mode(),
                why);
        return false;
    }

    private static String subject(MatchEvent event) {
        return switch (event) {
            case MatchEvent.Ready ready -> Subjects.matchReady(ready.matchId());
            case MatchEvent.Seats seats -> Subjects.matchSeats(seats.matchId());
            case MatchEvent.Ended ended -> Subjects.matchEnded(ended.matchId());
            case MatchEvent.Failed failed -> Subjects.matchFailed(failed.matchId());
        };
    }

    /** Who said it; and which it is, where there are several of one subject, so that none waits for the one before. */
    private static String said(MatchEvent event) {
        return switch (event) {
            case MatchEvent.Ready ready -> ready.serverId();
            case MatchEvent.Seats seats -> seats.serverId() + "." + seats.number();
            case MatchEvent.Ended ended -> ended.serverId();
            case MatchEvent.Failed failed -> String.valueOf(failed.serverId());
        };
    }
}

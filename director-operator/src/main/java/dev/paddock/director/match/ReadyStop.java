package dev.paddock.director.match;

import dev.paddock.director.bus.Envelope;
import dev.paddock.director.fleet.EventStep;
import dev.paddock.director.fleet.ServerBook;
import dev.paddock.protocol.Heard;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.server.ServerEvent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stop 6, <b>ready</b>: a server has loaded its match and said its ports; the managers are told where that is and which
 * key it proves. The server hears {@link Heard} only once a manager has, so that what it said is not lost with a director.
 * Seats, and the end of a match, take the same way.
 */
@Singleton
public final class ReadyStop {
    private static final Logger LOG = LoggerFactory.getLogger(ReadyStop.class);

    private final ServerBook book;
    private final ServerLookup lookup;
    private final Announcer announcer;
    private final Stops stops;
    private final InstantSource time;

    ReadyStop(ServerBook book, ServerLookup lookup, Announcer announcer, Stops stops, InstantSource time) {
        this.book = book;
        this.lookup = lookup;
        this.announcer = announcer;
        this.stops = stops;
        this.time = time;
    }

    /** A server said something; {@code envelope} is the way to answer it. */
    void heard(ServerEvent event, Envelope envelope) {
        EventStep step = step(event);
        if (step instanceof EventStep.LookUp(String serverId)) {
            step = lookup.find(serverId) ? step(event) : foreign(event);
        }
        switch (step) {
            case EventStep.AnswerHeard _ -> envelope.answer(new Heard());
            case EventStep.Tell tell -> tell(tell.event(), envelope);
            case EventStep.Leave _, EventStep.LookUp _ -> {
                // What matters the server says again.
            }
            case EventStep.Distrust distrust ->
                LOG.warn("a server is not believed serverId={} why={}", event.serverId(), distrust.why());
        }
    }

    private EventStep foreign(ServerEvent event) {
        book.foreign(event, time.instant());
        return new EventStep.Leave();
    }

    private EventStep step(ServerEvent event) {
        Instant now = time.instant();
        return switch (event) {
            case ServerEvent.Ready ready -> book.ready(ready, now);
            case ServerEvent.Heartbeat heartbeat -> book.heartbeat(heartbeat, now);
            case ServerEvent.Seats seats -> book.seats(seats, now);
            case ServerEvent.Ended ended -> book.ended(ended, now);
        };
    }

    private void tell(MatchEvent event, Envelope envelope) {
        if (!announcer.tellUntilHeard(event)) {
            return;
        }
        envelope.answer(new Heard());
        switch (event) {
            case MatchEvent.Ready ready -> passed(ready);
            case MatchEvent.Seats seats ->
                LOG.debug(
                        "seats matchId={} serverId={} number={} free={}",
                        seats.matchId(),
                        seats.serverId(),
                        seats.number(),
                        seats.free());
            case MatchEvent.Ended ended ->
                LOG.info(
                        "a match has ended matchId={} mode={} serverId={} outcome={}",
                        ended.matchId(),
                        ended.mode(),
                        ended.serverId(),
                        ended.result().outcome());
            case MatchEvent.Failed _ -> {
                // Not said by a server.
            }
        }
    }

    private void passed(MatchEvent.Ready ready) {
        Instant readyAt = ready.stops().getOrDefault(Stop.READY, time.instant());
        Instant assigned = ready.stops().getOrDefault(Stop.ASSIGNED, readyAt);
        boolean standby = !ready.stops().containsKey(Stop.STARTED);
        Duration took = Duration.between(assigned, readyAt);
        stops.passed(
                Stop.READY,
                ready.matchId(),
                ready.mode(),
                ready.serverId(),
                standby,
                took.isNegative() ? Duration.ZERO : took);
    }
}

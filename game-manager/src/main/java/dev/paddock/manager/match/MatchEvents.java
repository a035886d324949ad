package dev.paddock.manager.match;

import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.bus.Envelope;
import dev.paddock.protocol.Heard;
import dev.paddock.protocol.MalformedException;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.match.MatchEvent;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what directors say of matches; one manager of the group hears each. {@code Heard} is answered only once it was
 * acted on: a manager that dies or loses Redis on the way is as one that heard nothing, and the director says it again.
 */
@Singleton
final class MatchEvents {
    private static final Logger LOG = LoggerFactory.getLogger(MatchEvents.class);

    private final Bus bus;
    private final Settling settling;
    private final Seating seating;
    private final Endings endings;
    private final MatchSteps steps;
    private Bus.@Nullable Subscription subscription;

    MatchEvents(Bus bus, Settling settling, Seating seating, Endings endings, MatchSteps steps) {
        this.bus = bus;
        this.settling = settling;
        this.seating = seating;
        this.endings = endings;
        this.steps = steps;
    }

    @EventListener
    void start(StartupEvent event) {
        subscription = bus.subscribe(Subjects.ALL_MATCH_EVENTS, Subjects.MANAGERS, this::hear);
    }

    @PreDestroy
    void close() {
        if (subscription != null) {
            subscription.close();
        }
    }

    private void hear(Envelope envelope) {
        try {
            act(envelope.read(MatchEvent.class));
        } catch (MalformedException e) {
            // Heard all the same: it does not get better by being said again.
            LOG.error("not a match event subject={}", envelope.subject(), e);
        }
        envelope.answer(new Heard());
    }

    private void act(MatchEvent event) {
        switch (event) {
            case MatchEvent.Ready ready -> settling.settle(ready);
            case MatchEvent.Seats seats -> seating.offered(seats);
            case MatchEvent.Ended ended -> endings.end(ended);
            case MatchEvent.Failed failed -> steps.proceed(failed.mode(), failed.matchId(), new Seen.Failed(failed));
        }
    }
}

package dev.paddock.manager.ticket;

import dev.paddock.manager.account.BlockedChanges;
import dev.paddock.manager.account.Profiles;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.redis.Script;
import dev.paddock.protocol.Json;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Whom a player blocks while the player waits is avoided from then on, and whom the player unblocks is not: the ticket that
 * waits is changed in its place. A match that is being formed in that very moment may still come. A ticket that is matched
 * is changed too: it may wait again, and others may join its match.
 */
@Singleton
final class Avoiding {
    private static final Script CHANGE = Script.of(Avoiding.class, "change.lua");

    static final List<Script> SCRIPTS = List.of(CHANGE);

    /** Each of the player's own changes may come between. */
    private static final int TRIES = 5;

    private final BlockedChanges changes;
    private final Profiles profiles;
    private final Tickets tickets;
    private final Redis redis;

    Avoiding(BlockedChanges changes, Profiles profiles, Tickets tickets, Redis redis) {
        this.changes = changes;
        this.profiles = profiles;
        this.tickets = tickets;
        this.redis = redis;
    }

    @EventListener
    void start(StartupEvent event) {
        changes.onChange(this::changed);
    }

    private void changed(String playerId) {
        Optional<Ticket> ticket = tickets.currentOf(playerId);
        for (int tries = 0; ticket.isPresent() && tries < TRIES; tries++) {
            if (change(ticket.get(), playerId) >= 0) {
                return;
            }
        }
    }

    /** First the ticket is read, then whom the player blocks: so that this is never older than what it replaces. */
    private long change(Ticket ticket, String playerId) {
        QueueKeys keys = new QueueKeys(ticket.mode());
        String key = keys.ticket(ticket.ticketId());
        String before = redis.hash(key).get("ticket");
        if (before == null) {
            return 0;
        }
        // As it was queued: what has become of it stands beside it.
        Ticket changed = Json.read(before, Ticket.class)
                .avoiding(playerId, profiles.of(playerId).blocked());
        return redis.runForNumber(
                CHANGE,
                List.of(key, keys.arrivals(), keys.seq()),
                List.of(ticket.ticketId(), before, Json.text(changed)));
    }
}

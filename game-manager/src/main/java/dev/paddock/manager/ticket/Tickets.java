package dev.paddock.manager.ticket;

import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.redis.Script;
import dev.paddock.manager.ticket.Claims.Taking;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.frame.Frame;
import dev.paddock.protocol.frame.PlayerEvent;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.mode.Mode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tickets: queued, cancelled, looked up. Two steps let one wait, each one script, because the player's claim and the
 * mode's queue lie in different slots:
 *
 * <pre>
 * take the claim ──▶ enqueue ──▶ the lease holder of the mode reads it from arrivals
 *      │ held: by a ticket that waits or plays → refused
 *      └─ held: by one that is over, or never came to be → take it over, once more
 * </pre>
 *
 * A crash between the steps leaves a claim without a ticket: after {@link #ABANDONED} it is taken over. A replica that
 * was only held up cannot queue any more by then ({@link Enqueuing#WITHIN}). Keys: {@link QueueKeys}.
 */
@Singleton
public final class Tickets {
    /** When a claim without a ticket is given up: later than {@link Enqueuing#WITHIN}, whichever clock drifts. */
    static final Duration ABANDONED = Duration.ofSeconds(10);

    private static final Script CANCEL = Script.of(Tickets.class, "cancel.lua");
    static final List<Script> SCRIPTS = List.of(CANCEL);
    private static final int TRIES = 3;

    /** Wishes that this replica works on at a time: more would wait for longer than is of use to anybody. */
    private static final int MOST_AT_ONCE = 4_000;

    private final Redis redis;
    private final Claims claims;
    private final Modes modes;
    private final Bus bus;
    private final InstantSource clock;
    private final Enqueuing enqueuing;
    private final List<BiConsumer<Ticket, String>> onLateCancel = new CopyOnWriteArrayList<>();
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    Tickets(Redis redis, Claims claims, Modes modes, Bus bus, InstantSource clock) {
        this.redis = redis;
        this.claims = claims;
        this.modes = modes;
        this.bus = bus;
        this.clock = clock;
        this.enqueuing = new Enqueuing(redis);
    }

    /** Said again with the same ticketId: the same ticket. */
    public QueueResult queue(Wish wish) {
        return queue(wish.playerId(), wish.mode(), wish.ticketId(), () -> wish);
    }

    /**
     * Two round trips when nothing is in the way, both shared with whoever queues at the same time.
     *
     * @param wish asked for once the place is taken, so that what it needs can be fetched meanwhile; its player, mode and
     *     ticketId are those before it
     */
    QueueResult queue(String playerId, Mode mode, String ticketId, Supplier<Wish> wish) {
        if (enqueuing.isBusy(mode.name()) || !places.tryAcquire()) {
            return new QueueResult.Busy();
        }
        try {
            return take(playerId, mode, ticketId, wish);
        } catch (RuntimeException e) {
            lookLater(List.of(playerId), mode.name(), ticketId);
            throw e;
        } finally {
            places.release();
        }
    }

    private QueueResult take(String playerId, Mode mode, String ticketId, Supplier<Wish> wish) {
        Claim over = null;
        for (int tries = 0; tries < TRIES; tries++) {
            switch (claims.take(playerId, mode, ticketId, over)) {
                case Taking.Taken(Instant at) -> {
                    QueueResult result = enqueue(wish.get(), at);
                    // A first wish may be slow (a MySQL that hangs). It is there now: once more.
                    if (tries > 0 || !(result instanceof QueueResult.TooLate)) {
                        return result;
                    }
                }
                case Taking.Held held -> {
                    QueueResult refused = judge(held);
                    if (refused != null) {
                        return refused;
                    }
                    over = held.by();
                }
            }
        }
        // Each time somebody else was quicker: the player's own requests race, and one of them is through.
        return new QueueResult.AlreadyQueued(ticketId, mode.name());
    }

    /** Hears of a matched ticket that one of its players wants to cancel, and of the player: it may still be possible. */
    public void onLateCancel(BiConsumer<Ticket, String> listener) {
        onLateCancel.add(listener);
    }

    /**
     * Ends a ticket of this player that waits, tells its players, and frees their claims. One whose match is being asked
     * about is ended as if the player declined the match.
     */
    public CancelResult cancel(String playerId, String ticketId) {
        Optional<Ticket> ticket = find(ticketId).filter(t -> t.isOf(playerId));
        CancelResult result = new CancelResult.Unknown();
        for (int tries = 0; ticket.isPresent() && tries < TRIES; tries++) {
            result = cancel(ticket.get(), null);
            if (!(result instanceof CancelResult.Ended(Ticket matched)) || matched.state() != TicketState.MATCHED) {
                return result;
            }
            onLateCancel.forEach(listener -> listener.accept(matched, playerId));
            // Now it is cancelled; or it waits again, for others were quicker; or its match begins, and it stays.
            ticket = find(matched.mode(), ticketId).filter(now -> now.state() != TicketState.MATCHED);
        }
        return result;
    }

    /** @param reason if it is not the player's own call; see {@link dev.paddock.protocol.frame.TicketView} */
    CancelResult cancel(Ticket ticket, @Nullable String reason) {
        QueueKeys keys = new QueueKeys(ticket.mode());
        Instant now = clock.instant();
        long cancelled = redis.runForNumber(
                CANCEL,
                List.of(keys.ticket(ticket.ticketId()), keys.queue(), keys.arrivals(), keys.seq()),
                List.of(
                        ticket.ticketId(),
                        ticket.first().playerId(),
                        now.toString(),
                        Long.toString(QueueKeys.ENDED_LIVES.toMillis()),
                        reason == null ? "" : reason));
        if (cancelled == 1) {
            Ticket ended = ticket.cancelled(reason, now);
            release(ticket);
            tell(ended);
            return new CancelResult.Cancelled(ended);
        }
        Ticket found = find(ticket.mode(), ticket.ticketId()).orElse(null);
        if (cancelled < 0 || found == null) {
            return new CancelResult.Unknown();
        }
        if (found.state() != TicketState.CANCELLED) {
            return new CancelResult.Ended(found);
        }
        // Whoever cancelled first may have died before this.
        release(ticket);
        return new CancelResult.Cancelled(found);
    }

    /** A ticket of whichever mode; one round trip. */
    public Optional<Ticket> find(String ticketId) {
        List<String> keys = modes.knownNames().stream()
                .map(mode -> new QueueKeys(mode).ticket(ticketId))
                .toList();
        return redis.hashes(keys).stream()
                .filter(fields -> !fields.isEmpty())
                .findFirst()
                .map(Ticket::of);
    }

    /** A ticket of this player; another player's is as unknown as one that never was. */
    public Optional<Ticket> findOf(String playerId, String ticketId) {
        // What is no id may hold anything, and would become part of a key.
        if (!Id.isValid(ticketId)) {
            return Optional.empty();
        }
        return find(ticketId)
                .or(() ->
                        currentOf(playerId).filter(current -> current.ticketId().equals(ticketId)))
                .filter(ticket -> ticket.isOf(playerId));
    }

    public Optional<Ticket> find(String mode, String ticketId) {
        return Optional.of(redis.hash(new QueueKeys(mode).ticket(ticketId)))
                .filter(fields -> !fields.isEmpty())
                .map(Ticket::of);
    }

    /** The ticket that the player's claim names, in whichever state. */
    public Optional<Ticket> currentOf(String playerId) {
        Claim claim = claims.of(playerId).orElse(null);
        if (claim == null) {
            return Optional.empty();
        }
        Optional<Ticket> ticket = find(claim.mode(), claim.ticketId());
        if (ticket.isEmpty()) {
            // It is about to be queued; or it never was, or the mode's server died with it: who is told so may not come
            // again, and nobody else would give the place back.
            lookLater(List.of(playerId), claim.mode(), claim.ticketId());
        }
        return ticket;
    }

    /** Frees the player for another ticket, if the claim is still this ticket's. */
    public void release(String playerId, String ticketId) {
        claims.release(playerId, ticketId);
    }

    /** Frees all players of the ticket. */
    public void release(Ticket ticket) {
        ticket.players().forEach(player -> claims.release(player.playerId(), ticket.ticketId()));
    }

    /** Tells the players what became of the ticket. Waits for nobody. */
    public void tell(Ticket ticket) {
        Instant now = clock.instant();
        String id = ticket.ticketId() + "." + ticket.state();
        PlayerEvent event = new PlayerEvent.Push(new Frame.TicketUpdated(id, now, ticket.view(now)));
        ticket.players().forEach(player -> bus.publish(Subjects.player(player.playerId()), event));
    }

    /** Tells a player what follows from the ticket. Waits for nobody. */
    public void push(String playerId, Frame frame) {
        bus.publish(Subjects.player(playerId), new PlayerEvent.Push(frame));
    }

    /** The second step; apart, so that a test can be late with it. */
    QueueResult enqueue(Wish wish, Instant at) {
        Ticket ticket = Ticket.waiting(wish.ticketId(), wish.mode().name(), at, wish.players(), wish.attributes());
        return switch (enqueuing.enqueue(ticket)) {
            case QUEUED -> new QueueResult.Queued(ticket);
            case THERE -> saidBefore(ticket);
            case TOO_LATE -> {
                giveBack(ticket);
                yield new QueueResult.TooLate();
            }
            case BUSY -> {
                giveBack(ticket);
                yield new QueueResult.Busy();
            }
        };
    }

    /**
     * A call without an answer may have taken places all the same, for a ticket that was never queued, or that the same wish
     * had queued before and that is over. They are given back when nothing can be queued for them any more.
     */
    void lookLater(Collection<String> playerIds, String mode, String ticketId) {
        Instant failed = clock.instant();
        claims.later(ABANDONED, ticketId, () -> {
            if (find(mode, ticketId).map(this::isOver).orElse(true)) {
                playerIds.forEach(playerId -> claims.giveBack(playerId, ticketId, failed));
            }
        });
    }

    private void giveBack(Ticket ticket) {
        if (ticket.players().size() > 1) {
            // Each place was taken at a time of its own.
            release(ticket);
            return;
        }
        claims.giveBack(ticket.first().playerId(), ticket.ticketId(), ticket.createdAt());
    }

    private QueueResult saidBefore(Ticket ticket) {
        Ticket found = find(ticket.mode(), ticket.ticketId()).orElse(ticket);
        if (!found.isOf(ticket.first().playerId())) {
            throw new IllegalStateException("two players' tickets have the same id " + ticket.ticketId());
        }
        if (isOver(found)) {
            // The claim was taken for a ticket that needs none any more.
            release(ticket);
        }
        return new QueueResult.SaidBefore(found);
    }

    /** Why the holder of a claim is in the way; null if it is not. */
    @Nullable
    QueueResult judge(Taking.Held held) {
        Claim claim = held.by();
        Map<String, String> fields = redis.hash(new QueueKeys(claim.mode()).ticket(claim.ticketId()));
        if (fields.isEmpty()) {
            boolean young = held.at().toEpochMilli() - claim.claimedAtMs() < ABANDONED.toMillis();
            return young ? new QueueResult.AlreadyQueued(claim.ticketId(), claim.mode()) : null;
        }
        Ticket ticket = Ticket.of(fields);
        if (isOver(ticket)) {
            return null;
        }
        return ticket.state() == TicketState.WAITING
                ? new QueueResult.AlreadyQueued(ticket.ticketId(), ticket.mode())
                : new QueueResult.AlreadyInMatch(ticket.ticketId(), ticket.mode());
    }

    /** Whether a ticket, and the match it came into, hold up its player no more. */
    boolean isOver(Ticket ticket) {
        return switch (ticket.state()) {
            case WAITING -> false;
            case MATCHED -> ticket.matchId() == null || !isLive(ticket.mode(), ticket.matchId());
            case CANCELLED, EXPIRED -> true;
        };
    }

    private boolean isLive(String mode, String matchId) {
        String state = redis.hash(new QueueKeys(mode).match(matchId)).get("state");
        return "PROPOSED".equals(state) || "FORMED".equals(state) || "READY".equals(state);
    }
}

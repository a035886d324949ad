package dev.paddock.manager.ticket;

import dev.paddock.manager.account.Caller;
import dev.paddock.manager.outlook.Outlooks;
import dev.paddock.manager.problem.Checks;
import dev.paddock.manager.problem.FieldError;
import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import dev.paddock.manager.stop.Stops;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.frame.TicketView;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** "Play": queue, look, cancel. Stop 1 of a match. */
@Controller("/v1/tickets")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
final class TicketController {
    /** When somebody who was not taken comes again: a full replica is through in a fraction of it. */
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final Queueing queueing;
    private final Tickets tickets;
    private final Outlooks outlooks;
    private final Stops stops;
    private final InstantSource clock;

    TicketController(Queueing queueing, Tickets tickets, Outlooks outlooks, Stops stops, InstantSource clock) {
        this.queueing = queueing;
        this.tickets = tickets;
        this.outlooks = outlooks;
        this.stops = stops;
        this.clock = clock;
    }

    /** Queues the player. The same Idempotency-Key again gets the same ticket, whatever became of it. */
    @Post
    @Status(HttpStatus.CREATED)
    TicketView queue(
            @Body TicketRequest request,
            @Nullable @Header("Idempotency-Key") String idempotencyKey,
            Authentication authentication) {
        long began = System.nanoTime();
        String key = Checks.idempotencyKey(idempotencyKey);
        Caller caller = Caller.of(authentication);
        return switch (queueing.queue(caller, request, key)) {
            case QueueResult.Queued(Ticket ticket) -> {
                stops.passed(
                        Stop.QUEUED,
                        ticket.mode(),
                        "ticketId=" + ticket.ticketId() + " playerId="
                                + ticket.first().playerId(),
                        Duration.ofNanos(System.nanoTime() - began));
                yield outlooks.queued(view(ticket));
            }
            case QueueResult.SaidBefore(Ticket ticket) -> outlooks.queued(view(ticket));
            case QueueResult.AlreadyQueued(String ticketId, String mode) ->
                throw held(ProblemType.ALREADY_QUEUED, caller, key, ticketId, mode);
            case QueueResult.AlreadyInMatch(String ticketId, String mode) ->
                throw held(ProblemType.ALREADY_IN_MATCH, caller, key, ticketId, mode);
            case QueueResult.MemberBusy(String playerId, String name, boolean plays) -> {
                String why = name + (plays ? " is in a match" : " has another ticket");
                throw new ProblemException(
                        ProblemType.MEMBER_BUSY,
                        why + "; nothing was queued.",
                        List.of(new FieldError("members." + playerId, why)));
            }
            case QueueResult.TooLate ignored ->
                throw new ProblemException(ProblemType.UNAVAILABLE, "This took too long; nothing was queued.");
            case QueueResult.Busy ignored ->
                throw new ProblemException(
                        ProblemType.UNAVAILABLE, "Too many queue at this moment; nothing was queued.", BUSY);
        };
    }

    /** The player's own ticket, also for an hour after its end. While it waits, with how it stands, and why. */
    @Get("/{ticketId}")
    TicketView look(String ticketId, Authentication authentication) {
        return tickets.findOf(Caller.of(authentication).playerId(), ticketId)
                .map(this::view)
                .map(outlooks::asked)
                .orElseThrow(TicketController::unknown);
    }

    /** Cancels the player's own ticket, if it still waits. Said again, the answer is the same. */
    @Delete("/{ticketId}")
    TicketView cancel(String ticketId, Authentication authentication) {
        return switch (tickets.cancel(Caller.of(authentication).playerId(), ticketId)) {
            case CancelResult.Cancelled(Ticket ticket) -> view(ticket);
            case CancelResult.Ended(Ticket ticket) ->
                throw new ProblemException(
                        ProblemType.TICKET_ENDED, "It is " + ticket.state() + " and cannot be cancelled.");
            case CancelResult.Unknown ignored -> throw unknown();
        };
    }

    private TicketView view(Ticket ticket) {
        return ticket.view(clock.instant());
    }

    private static ProblemException held(
            ProblemType why, Caller caller, @Nullable String key, String ticketId, String mode) {
        if (key != null && Queueing.ticketId(caller.playerId(), mode, key).equals(ticketId)) {
            return new ProblemException(
                    ProblemType.IDEMPOTENCY_MISMATCH, "It stands for a ticket of mode " + mode + ".");
        }
        return new ProblemException(why, "Ticket " + ticketId + " of mode " + mode + " is not over.");
    }

    private static ProblemException unknown() {
        return new ProblemException(ProblemType.NOT_FOUND, "You have no such ticket.");
    }
}

package dev.paddock.manager.socket;

import dev.paddock.manager.account.Caller;
import dev.paddock.manager.socket.SocketTickets.SocketTicket;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;

/** Socket tickets for browsers. */
@Controller("/v1/socket-tickets")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SocketTicketController {
    private final SocketTickets tickets;

    SocketTicketController(SocketTickets tickets) {
        this.tickets = tickets;
    }

    /** A ticket to open one socket with, as {@code /v1/socket?ticket=…}. */
    @Post
    HttpResponse<SocketTicket> give(Authentication authentication) {
        return HttpResponse.created(tickets.give(Caller.of(authentication)));
    }
}

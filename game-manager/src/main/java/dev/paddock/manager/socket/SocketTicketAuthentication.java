package dev.paddock.manager.socket;

import dev.paddock.manager.account.Caller;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Lets in who opens a socket with a socket ticket. The framework asks for a publisher here; Redis is asked beside it. */
@Singleton
final class SocketTicketAuthentication implements AuthenticationFetcher<HttpRequest<?>> {
    private static final String TICKET = "ticket";

    private final SocketTickets tickets;
    private final Scheduler blocking;

    SocketTicketAuthentication(SocketTickets tickets, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.tickets = tickets;
        this.blocking = Schedulers.fromExecutorService(blocking);
    }

    @Override
    public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
        String ticket = request.getParameters().get(TICKET);
        if (ticket == null || !request.getPath().equals(SocketEndpoint.PATH)) {
            return Mono.empty();
        }
        return Mono.fromCallable(() ->
                        tickets.take(ticket).map(SocketTicketAuthentication::of).orElse(null))
                .subscribeOn(blocking);
    }

    private static Authentication of(Caller caller) {
        return Authentication.build(
                caller.playerId(), Map.of(Caller.CLAIM_NAME, caller.name(), Caller.CLAIM_JTI, caller.jti()));
    }
}

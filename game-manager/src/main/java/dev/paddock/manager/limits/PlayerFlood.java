package dev.paddock.manager.limits;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.security.Principal;
import java.time.InstantSource;

/** Sends a player away who floods this replica, from however many addresses. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class PlayerFlood implements Ordered {
    private final Flood flood;

    PlayerFlood(LimitSettings settings, InstantSource time) {
        this.flood = new Flood(settings.requestsPerPlayer(), time);
    }

    @RequestFilter
    void count(HttpRequest<?> request) {
        request.getUserPrincipal().map(Principal::getName).ifPresent(flood::count);
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after();
    }
}

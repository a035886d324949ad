package dev.paddock.manager.limits;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.time.InstantSource;

/** Sends an address away that floods this replica, before anything is done for it. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class AddressFlood implements Ordered {
    private final Flood flood;
    private final ClientAddress addresses;

    AddressFlood(LimitSettings settings, ClientAddress addresses, InstantSource time) {
        this.flood = new Flood(settings.requestsPerAddress(), time);
        this.addresses = addresses;
    }

    @RequestFilter
    void count(HttpRequest<?> request) {
        flood.count(addresses.of(request));
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.before();
    }
}

package dev.paddock.director.life;

import dev.paddock.director.fleet.Phase;
import dev.paddock.director.fleet.ServerBook;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import java.util.Locale;

/** {@code paddock.servers{phase=...}}: this director's servers by phase; {@code phase=standby} are those that wait. */
@Context
final class FleetGauges {
    FleetGauges(MeterRegistry registry, ServerBook book) {
        for (Phase phase : Phase.values()) {
            Gauge.builder("paddock.servers", book, servers -> count(servers, phase))
                    .tag("phase", phase.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    private static double count(ServerBook book, Phase phase) {
        return book.mine().stream().filter(server -> server.phase() == phase).count();
    }
}

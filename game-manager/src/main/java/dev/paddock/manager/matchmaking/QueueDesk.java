package dev.paddock.manager.matchmaking;

import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.bus.Envelope;
import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.outlook.Recent;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.mode.Mode;
import dev.paddock.protocol.queue.LookAtTicket;
import dev.paddock.protocol.queue.Outlook;
import dev.paddock.protocol.queue.QueueReport;
import dev.paddock.protocol.queue.QueueReport.Rejections;
import dev.paddock.protocol.queue.QueueReport.Spread;
import dev.paddock.protocol.queue.TicketLook;
import dev.paddock.protocol.queue.WhyNot;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Answers what is asked about waiting tickets of the modes whose lease this replica holds, from memory; about others it is
 * silent, and their holder answers. What an answer costs is taken from a {@link Budget}, so that nobody who asks, however
 * often, holds up the matcher.
 *
 * <p>The same as gauges: {@code paddock.queue.tickets} and {@code paddock.queue.players} by mode, 0 on replicas that do not
 * hold its lease, so that a sum over replicas is right.
 */
@Context
final class QueueDesk implements AutoCloseable {
    /** A mode's report is made no more often. */
    private static final long REPORT_NANOS = Duration.ofSeconds(1).toNanos();

    private final Matchmaking matchmaking;
    private final Recent recent;
    private final Modes modes;
    private final Bus bus;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final Budget budget = new Budget();
    private final List<Bus.Subscription> subscriptions = new ArrayList<>();
    private final ConcurrentMap<String, Made> reports = new ConcurrentHashMap<>();

    QueueDesk(Matchmaking matchmaking, Recent recent, Modes modes, Bus bus, InstantSource clock, MeterRegistry meters) {
        this.matchmaking = matchmaking;
        this.recent = recent;
        this.modes = modes;
        this.bus = bus;
        this.clock = clock;
        this.meters = meters;
    }

    @PostConstruct
    void open() {
        subscriptions.add(bus.subscribe(Subjects.ALL_QUEUE_TICKETS, null, this::look));
        subscriptions.add(bus.subscribe(Subjects.ALL_QUEUE_REPORTS, null, this::report));
        modes.onChange(this::measure);
    }

    @Override
    @PreDestroy
    public void close() {
        subscriptions.forEach(Bus.Subscription::close);
    }

    private void look(Envelope envelope) {
        String mode = Subjects.idIn(envelope.subject());
        if (!matchmaking.holds(mode)) {
            return;
        }
        LookAtTicket question = envelope.read(LookAtTicket.class);
        String ticketId = question.ticketId();
        Outlook outlook = ticketId == null ? null : outlook(mode, ticketId).orElse(null);
        envelope.answer(new TicketLook(outlook, recent.estimate(mode, question.waitedMs(), clock.instant())));
    }

    private Optional<Outlook> outlook(String mode, String ticketId) {
        return budget.spend(() -> matchmaking.why(mode, ticketId)).map(QueueDesk::outlook);
    }

    private void report(Envelope envelope) {
        report(Subjects.idIn(envelope.subject())).ifPresent(envelope::answer);
    }

    /** Empty: another replica holds the lease. */
    private Optional<QueueReport> report(String mode) {
        if (!matchmaking.holds(mode)) {
            return Optional.empty();
        }
        long now = System.nanoTime();
        Made made = reports.compute(
                mode, (name, last) -> last != null && now - last.at() < REPORT_NANOS ? last : make(name, now));
        return Optional.ofNullable(made).map(Made::report);
    }

    private @Nullable Made make(String mode, long now) {
        return matchmaking
                .numbers(mode)
                .map(numbers -> new Made(
                        new QueueReport(
                                mode,
                                numbers.tickets(),
                                numbers.players(),
                                numbers.returned(),
                                spread(numbers.waitedMs()),
                                recent.report(mode, clock.instant()),
                                new Rejections(numbers.pairs(), numbers.fits(), numbers.rejections())),
                        now))
                .orElse(null);
    }

    private void measure(Mode mode) {
        // Said twice of the same mode, the second gauge is the first.
        gauge("paddock.queue.tickets", "Tickets that wait", mode.name(), QueueReport::tickets);
        gauge("paddock.queue.players", "Players that wait", mode.name(), QueueReport::players);
    }

    private void gauge(String name, String description, String mode, ToIntFunction<QueueReport> figure) {
        Gauge.builder(
                        name,
                        this,
                        desk -> desk.report(mode).map(figure::applyAsInt).orElse(0))
                .description(description)
                .tag("mode", mode)
                .register(meters);
    }

    private static @Nullable Spread spread(Map<String, Long> percentiles) {
        Long median = percentiles.get("p50");
        if (median == null) {
            return null;
        }
        return new Spread(
                median,
                percentiles.getOrDefault("p95", median),
                percentiles.getOrDefault("p99", median),
                percentiles.getOrDefault("max", median));
    }

    private static Outlook outlook(Reasons reasons) {
        return new Outlook(
                reasons.position(),
                reasons.waiting(),
                reasons.windowRank(),
                reasons.windowLatency(),
                new WhyNot(
                        reasons.lookedAt(),
                        reasons.fits(),
                        reasons.rank(),
                        reasons.latency(),
                        reasons.attributes(),
                        reasons.avoid(),
                        reasons.roles(),
                        reasons.teamSize(),
                        reasons.missingPlayers(),
                        reasons.missingRoles()));
    }

    private record Made(QueueReport report, long at) {}
}

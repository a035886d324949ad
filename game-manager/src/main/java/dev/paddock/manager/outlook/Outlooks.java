package dev.paddock.manager.outlook;

import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.bus.NoAnswerException;
import dev.paddock.protocol.MalformedException;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.frame.TicketView;
import dev.paddock.protocol.queue.LookAtTicket;
import dev.paddock.protocol.queue.QueueReport;
import dev.paddock.protocol.queue.ReportQueue;
import dev.paddock.protocol.queue.TicketLook;
import dev.paddock.protocol.queue.WaitEstimate;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the holder of a mode's lease how it stands with a ticket, and waits for the answer no longer than a player notices.
 * Without one, what would have been in it is left out: nothing depends on it.
 */
@Singleton
public final class Outlooks {
    private static final Duration DEADLINE = Duration.ofMillis(200);

    /** When an estimate for new tickets is asked for again. */
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

    /** How old one may be that a new ticket is told. */
    private static final long OLD_NANOS = Duration.ofSeconds(30).toNanos();

    private static final Logger LOG = LoggerFactory.getLogger(Outlooks.class);

    private final Bus bus;
    private final ConcurrentMap<String, Known> estimates = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Outlooks(Bus bus) {
        this.bus = bus;
    }

    /** With all that the holder knows, asked now; for who looks at a ticket. */
    public TicketView asked(TicketView ticket) {
        if (ticket.state() != TicketState.WAITING) {
            return ticket;
        }
        return ask(
                        Subjects.queueTicket(ticket.mode()),
                        new LookAtTicket(ticket.ticketId(), ticket.waitedMs()),
                        TicketLook.class)
                .map(look -> ticket.expecting(look.estimate(), look.outlook()))
                .orElse(ticket);
    }

    /**
     * With the estimate that the mode's tickets were last known to have when they are new; for who has just queued, and
     * waits for nothing: an estimate that is not known or not fresh is asked for once, and the next one gets it.
     */
    public TicketView queued(TicketView ticket) {
        if (ticket.state() != TicketState.WAITING) {
            return ticket;
        }
        long now = System.nanoTime();
        Known known = estimates.computeIfAbsent(ticket.mode(), mode -> new Known());
        if (known.isDue(now)) {
            refresh(ticket.mode(), known);
        }
        WaitEstimate estimate = known.estimate(now);
        return estimate == null ? ticket : ticket.expecting(estimate, null);
    }

    /** Empty: nobody holds the lease at the moment, or the holder is too busy. */
    public Optional<QueueReport> report(String mode) {
        return ask(Subjects.queueReport(mode), new ReportQueue(), QueueReport.class);
    }

    @PreDestroy
    void close() {
        threads.close();
    }

    private void refresh(String mode, Known known) {
        try {
            threads.execute(() -> ask(Subjects.queueTicket(mode), new LookAtTicket(null, 0), TicketLook.class)
                    .ifPresent(look -> known.is(look.estimate(), System.nanoTime())));
        } catch (RejectedExecutionException e) {
            LOG.debug("closing, no estimate mode={}", mode);
        }
    }

    private <T> Optional<T> ask(String subject, Object question, Class<T> answer) {
        if (!bus.isConnected()) {
            return Optional.empty();
        }
        try {
            return Optional.of(bus.request(subject, question, answer, DEADLINE));
        } catch (NoAnswerException | MalformedException e) {
            LOG.debug("no answer subject={} why={}", subject, e.getMessage());
            return Optional.empty();
        }
    }

    /** An estimate, and when it was asked for and answered. */
    private static final class Known {
        private @Nullable WaitEstimate estimate;
        private long estimatedAt;
        private boolean asked;
        private long askedAt;

        /** True for one caller each {@link #FRESH_NANOS}. */
        synchronized boolean isDue(long now) {
            if (asked && now - askedAt < FRESH_NANOS) {
                return false;
            }
            asked = true;
            askedAt = now;
            return true;
        }

        synchronized void is(@Nullable WaitEstimate found, long now) {
            estimate = found;
            estimatedAt = now;
        }

        synchronized @Nullable WaitEstimate estimate(long now) {
            return now - estimatedAt < OLD_NANOS ? estimate : null;
        }
    }
}

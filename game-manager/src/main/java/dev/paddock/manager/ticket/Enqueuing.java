package dev.paddock.manager.ticket;

import dev.paddock.manager.redis.Batches;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.redis.Script;
import dev.paddock.protocol.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Lets tickets wait: those of one mode that come at the same time in one call. */
final class Enqueuing {
    /** How long after the claim its ticket may be queued. */
    static final Duration WITHIN = Duration.ofSeconds(5);

    private static final Script ENQUEUE = Script.of(Enqueuing.class, "enqueue.lua");
    static final List<Script> SCRIPTS = List.of(ENQUEUE);

    /** Tickets in one call: Redis does nothing else meanwhile, about 2 ms. */
    private static final int MOST_AT_ONCE = 200;

    /**
     * Arrivals that the lease holder may not have read yet: what it works off in half a second when it is well, and enough
     * for those who come in the seconds in which another replica takes the lease over.
     */
    private static final int MOST_ARRIVALS = 20_000;

    /** With fewer the next ones are let in. */
    private static final int FEW_ARRIVALS = MOST_ARRIVALS * 3 / 4;

    /** How long nobody is let in after Redis said that there are too many. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Redis redis;
    private final ConcurrentMap<String, Pause> pauses = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Batches<Ticket, Outcome>> modes = new ConcurrentHashMap<>();

    Enqueuing(Redis redis) {
        this.redis = redis;
    }

    /** What came of it. */
    enum Outcome {
        QUEUED,
        /** There is such a ticket already, whatever became of it. */
        THERE,
        /** The claim was taken too long ago to protect the ticket. */
        TOO_LATE,
        /** More arrive than are matched. */
        BUSY
    }

    /** Nobody is let in until then, and until somebody has seen that there is room again. */
    private record Pause(long until, AtomicBoolean looked) {
        static Pause fromNow() {
            return new Pause(System.nanoTime() + PAUSE.toNanos(), new AtomicBoolean());
        }
    }

    /** Whether it makes no sense to try: a moment ago more arrived than were matched. */
    boolean isBusy(String mode) {
        Pause pause = pauses.get(mode);
        if (pause == null) {
            return false;
        }
        // One looks, for all: whoever took a place only to give it back would cost the busy Redis two calls.
        boolean looks = System.nanoTime() - pause.until() >= 0 && pause.looked().compareAndSet(false, true);
        return !looks || !hasRoom(mode, pause);
    }

    private boolean hasRoom(String mode, Pause pause) {
        boolean room = false;
        try {
            QueueKeys keys = new QueueKeys(mode);
            List<@Nullable String> numbers = redis.values(List.of(keys.seq(), keys.read()));
            room = number(numbers.getFirst()) - number(numbers.getLast()) < FEW_ARRIVALS;
        } finally {
            if (room) {
                pauses.remove(mode, pause);
            } else {
                pauses.put(mode, Pause.fromNow());
            }
        }
        return room;
    }

    private static long number(@Nullable String text) {
        return text == null ? 0 : Long.parseLong(text);
    }

    /** @param ticket that was created when its claim was taken */
    Outcome enqueue(Ticket ticket) {
        return modes.computeIfAbsent(ticket.mode(), mode -> new Batches<>(MOST_AT_ONCE, all -> send(mode, all)))
                .call(ticket);
    }

    private List<Outcome> send(String mode, List<Ticket> tickets) {
        QueueKeys keys = new QueueKeys(mode);
        List<String> touched = new ArrayList<>(4 + tickets.size());
        touched.addAll(List.of(keys.queue(), keys.arrivals(), keys.seq(), keys.read()));
        StringJoiner all = new StringJoiner(",", "[", "]");
        List<String> each = new ArrayList<>(tickets.size() * 3);
        for (Ticket ticket : tickets) {
            String json = Json.text(ticket);
            all.add(json);
            touched.add(keys.ticket(ticket.ticketId()));
            each.add(ticket.ticketId());
            each.add(Long.toString(ticket.createdAt().toEpochMilli()));
            each.add(json);
        }
        List<String> args = new ArrayList<>(3 + each.size());
        args.add(Long.toString(WITHIN.toMillis()));
        args.add(Integer.toString(MOST_ARRIVALS));
        args.add(all.toString());
        args.addAll(each);
        List<@Nullable Object> answers = redis.runForList(ENQUEUE, touched, args);
        List<Outcome> outcomes = answers.stream().map(Enqueuing::outcome).toList();
        if (outcomes.contains(Outcome.BUSY)) {
            pauses.put(mode, Pause.fromNow());
        }
        return outcomes;
    }

    private static Outcome outcome(@Nullable Object answer) {
        return switch (answer instanceof Long number ? number.intValue() : 0) {
            case 1 -> Outcome.QUEUED;
            case -1 -> Outcome.TOO_LATE;
            case -2 -> Outcome.BUSY;
            default -> Outcome.THERE;
        };
    }
}

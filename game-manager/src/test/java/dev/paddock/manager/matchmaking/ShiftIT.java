package dev.paddock.manager.matchmaking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.bus.TestBus;
import dev.paddock.manager.mode.TestModes;
import dev.paddock.manager.redis.TestRedis;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.frame.Frame;
import dev.paddock.protocol.frame.PlayerEvent;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.mode.Mode;
import io.lettuce.core.Range;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A holder of the lease that loses it in the middle of what it has begun. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShiftIT {
    private static final Mode DUEL = TestModes.duel("duel");
    private static final QueueKeys KEYS = new QueueKeys("duel");
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Two batches of matches. */
    private static final int PLAYERS = 4 * Commits.BATCH;

    private final SplittableRandom random = new SplittableRandom();
    private final Bus bus = TestBus.connect();
    private final Replica replica = Replica.idle(TestRedis.shared(), bus, DUEL);
    private final TestRedis redis = replica.redis();
    private final Lease lease = new Lease(redis.redis(), KEYS, "one");
    private final Lease othersLease = new Lease(redis.redis(), KEYS, "other");
    private final List<Ticket> tickets = new ArrayList<>();

    /** Ids of frames that tell of a ticket. */
    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void manyWait() throws Exception {
        redis.commands().flushdb();
        // As in a manager that has started: a script that Redis does not know runs only when its answer is asked for.
        redis.redis().load(Commits.SCRIPTS);
        tickets.clear();
        told.clear();
        Callable<Ticket> queue = () -> replica.queue(DUEL, 1500);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Ticket> ticket : threads.invokeAll(Collections.nCopies(PLAYERS, queue))) {
                tickets.add(ticket.get());
            }
        }
    }

    @AfterAll
    void disconnect() {
        replica.close();
        bus.close();
    }

    @Test
    void ofTwoBatchesBetweenWhichTheLeaseIsLostTheFirstIsToldAndTheNextHolderMatchesTheSecond() {
        try (Bus.Subscription ignored = hear()) {
            Tenure tenure = ((Lease.Taking.Taken) lease.take()).tenure();

            // Put together once the first one was sent; sent with a token that is not the last one any more.
            beforeMatch(Commits.BATCH + 1, () -> {
                        await("the first batch is through").until(() -> formed().size() == Commits.BATCH);
                        redis.commands().del(KEYS.lease());
                        assertThat(othersLease.take()).isInstanceOf(Lease.Taking.Taken.class);
                    })
                    .work(tenure);

            theFirstHalfIsToldAndTheOthersAreMatchedByTheNextHolder();
        }
    }

    @Test
    void whatWasSentBeforeTheLossWasSeenIsTold() {
        try (Bus.Subscription ignored = hear()) {
            Tenure tenure = ((Lease.Taking.Taken) lease.take()).tenure();

            // The first batch is sent in time; the look before the second finds the lease gone.
            beforeMatch(Commits.BATCH, () -> {
                        await("the lease is to be renewed")
                                .atMost(Tenure.SAFE)
                                .until(() ->
                                        tenure.untilRenewal(System.nanoTime()).isZero());
                        redis.commands().del(KEYS.lease());
                    })
                    .work(tenure);

            theFirstHalfIsToldAndTheOthersAreMatchedByTheNextHolder();
        }
    }

    private void theFirstHalfIsToldAndTheOthersAreMatchedByTheNextHolder() {
        Set<String> first = inMatches();
        assertThat(first).hasSize(PLAYERS / 2);
        await("the first half is told").atMost(SOON).until(() -> told.size() >= first.size());
        assertThat(told).containsExactlyInAnyOrderElementsOf(frames(first));
        assertThat(redis.commands().zcard(KEYS.queue())).isEqualTo(PLAYERS / 2);
        assertThat(tickets)
                .filteredOn(ticket -> !first.contains(ticket.ticketId()))
                .allMatch(ticket -> replica.again(ticket).equals(ticket));

        othersLease.release();
        try (Replica ignored = Replica.start(TestRedis.shared(), bus, DUEL)) {
            await("the others are matched and told").atMost(SOON).until(() -> told.size() >= PLAYERS);
        }

        Set<String> all = tickets.stream().map(Ticket::ticketId).collect(Collectors.toSet());
        assertThat(told).containsExactlyInAnyOrderElementsOf(frames(all));
        assertThat(formed()).hasSize(PLAYERS / 2);
        assertThat(inMatches()).isEqualTo(all);
        assertThat(redis.commands().zcard(KEYS.queue())).isZero();
    }

    /** A holder to whom this happens when it puts together its nth match. */
    private Shift beforeMatch(int nth, Runnable happens) {
        int[] matches = {0};
        return new Shift(
                new Shift.Place(redis.redis(), KEYS, lease),
                () -> new Rules(DUEL, List.of("eu")),
                () -> {
                    if (++matches[0] == nth) {
                        happens.run();
                    }
                    return Id.next(random);
                },
                replica.aftermath(),
                InstantSource.system());
    }

    private Bus.Subscription hear() {
        Bus.Subscription hearing = bus.subscribe("paddock.player.*", null, envelope -> {
            if (envelope.read(PlayerEvent.class) instanceof PlayerEvent.Push(Frame.TicketUpdated updated)) {
                told.add(updated.id());
            }
        });
        bus.flush(Duration.ofSeconds(2));
        return hearing;
    }

    private List<FormedMatch> formed() {
        return redis.commands().xrange(KEYS.matches(), Range.unbounded()).stream()
                .map(entry -> Json.read(Objects.requireNonNull(entry.getBody().get("formed")), FormedMatch.class))
                .toList();
    }

    private Set<String> inMatches() {
        return formed().stream()
                .flatMap(match -> match.players().stream())
                .map(FormedMatch.FormedPlayer::ticketId)
                .collect(Collectors.toSet());
    }

    private static List<String> frames(Set<String> ticketIds) {
        return ticketIds.stream().map(id -> id + "." + TicketState.MATCHED).toList();
    }
}

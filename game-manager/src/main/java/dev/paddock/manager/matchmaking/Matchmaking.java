package dev.paddock.manager.matchmaking;

import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.mode.Regions;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.mode.Mode;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Runs a {@link ModeLoop} for every mode that directors publish. A mode that is withdrawn takes no new tickets, and its
 * loop goes on with the last rules: what waits there is still matched, or expires.
 */
@Context
public final class Matchmaking implements AutoCloseable {
    private final Redis redis;
    private final Modes modes;
    private final Regions regions;
    private final Aftermath aftermath;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final String replica;
    private final ConcurrentMap<String, ModeLoop> loops = new ConcurrentHashMap<>();

    Matchmaking(
            Redis redis,
            Modes modes,
            Regions regions,
            Aftermath aftermath,
            InstantSource clock,
            RandomGenerator random) {
        this.redis = redis;
        this.modes = modes;
        this.regions = regions;
        this.aftermath = aftermath;
        this.clock = clock;
        this.random = random;
        this.replica = Id.next(random);
    }

    @PostConstruct
    void start() {
        modes.onChange(mode -> loops.computeIfAbsent(mode.name(), name -> begin(mode)));
    }

    /** Whether this replica matches the mode's tickets at the moment; only then can it answer about them. */
    public boolean holds(String mode) {
        return shift(mode).isPresent();
    }

    /**
     * Why a ticket still waits; empty if it does not wait, or another replica has the lease. Costs the mode's loop what the
     * answer costs, below a millisecond for queues of usual size, and no round trip to Redis.
     */
    public Optional<Reasons> why(String mode, String ticketId) {
        return shift(mode).flatMap(shift -> shift.why(ticketId));
    }

    /** How many tickets wait; empty if another replica has the lease. */
    public Optional<Integer> waiting(String mode) {
        return shift(mode).map(Shift::waiting);
    }

    /** The mode's queue as it is now; empty if another replica has the lease. */
    public Optional<QueueNumbers> numbers(String mode) {
        return shift(mode).map(Shift::numbers);
    }

    @Override
    @PreDestroy
    public void close() {
        loops.values().forEach(ModeLoop::close);
    }

    private Optional<Shift> shift(String mode) {
        return Optional.ofNullable(loops.get(mode)).flatMap(ModeLoop::shift);
    }

    private ModeLoop begin(Mode mode) {
        QueueKeys keys = new QueueKeys(mode.name());
        Lease lease = new Lease(redis, keys, replica);
        Supplier<Rules> rules = () -> new Rules(modes.known(mode.name()).orElse(mode), regions.with(mode.name()));
        Supplier<Shift> shifts =
                () -> new Shift(new Shift.Place(redis, keys, lease), rules, () -> Id.next(random), aftermath, clock);
        ModeLoop loop = new ModeLoop(mode.name(), lease, shifts);
        loop.start();
        return loop;
    }
}

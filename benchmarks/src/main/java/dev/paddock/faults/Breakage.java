package dev.paddock.faults;

import dev.paddock.local.server.ChildProcess;
import dev.paddock.local.server.RedisCluster;
import dev.paddock.local.server.StartFailedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Breaks one thing at a time, and mends it. Every fault is bounded in time and meant for one process, by its pid. */
final class Breakage {
    /** Longer than a lease lives. */
    private static final Duration PAST_THE_LEASE = Duration.ofMillis(3600);

    private static final Duration SLOW = Duration.ofMillis(250);
    private static final Duration TO_STOP = Duration.ofSeconds(10);
    private static final Duration TO_TAKE_OVER = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Stage stage;
    private final RedisLook look;
    private final History history;
    private final InstantSource clock;
    private final SplittableRandom random;

    Breakage(Stage stage, RedisLook look, History history, InstantSource clock, SplittableRandom random) {
        this.stage = stage;
        this.look = look;
        this.history = history;
        this.clock = clock;
        this.random = random;
    }

    /** Returns when it is mended. */
    void perform(int number, Fault fault) throws InterruptedException {
        switch (fault) {
            case KILL_MANAGER -> kill(number, fault, any());
            case KILL_HOLDER -> kill(number, fault, holder());
            case PAUSE_HOLDER -> {
                ManagerProcess holder = holder();
                pause(number, fault, holder.process(), PAST_THE_LEASE.plusMillis(random.nextLong(600)));
            }
            case PAUSE_MANAGER -> pause(number, fault, any().process(), upTo(3000));
            case CUT_LINK -> {
                ManagerProcess manager = any();
                broken(number, fault, manager.name());
                manager.link().cut();
                mended(number, fault);
            }
            case LATE_COMMIT -> lateCommit(number, fault);
            case RESTART_REDIS -> {
                broken(number, fault, "redis");
                stage.oneRedis().server().process().stop(TO_STOP);
                rest(upTo(1500));
                stage.oneRedis().start();
                mended(number, fault);
            }
            case KILL_REDIS -> {
                broken(number, fault, "redis");
                stage.oneRedis().server().process().kill();
                rest(upTo(1500));
                stage.oneRedis().start();
                mended(number, fault);
            }
            case PAUSE_REDIS -> pause(number, fault, stage.oneRedis().server().process(), upTo(4000));
            case RESTART_NATS -> {
                broken(number, fault, "nats");
                stage.nats().process().kill();
                rest(upTo(2000));
                stage.startNats();
                mended(number, fault);
            }
            case PAUSE_NATS -> pause(number, fault, stage.nats().process(), upTo(4000));
            case PAUSE_MARIADB -> pause(number, fault, stage.mysql().process(), upTo(3000));
            case KILL_PRIMARY -> killPrimary(number, fault, anyKey());
            case LOSE_PRIMARY -> {
                String key = anyKey();
                broken(number, fault, "the replica of " + primaryOf(key));
                stage.cluster().cutOffReplicaOf(key);
                rest(upTo(500));
                killPrimary(number, fault, key);
            }
            case RESTART_REPLICA -> restartReplica(number, fault);
        }
    }

    private void kill(int number, Fault fault, ManagerProcess manager) throws InterruptedException {
        broken(number, fault, manager.name());
        manager.process().kill();
        rest(upTo(1500));
        manager.start(stage.settings());
        manager.awaitReady(stage.settings());
        mended(number, fault);
    }

    private void pause(int number, Fault fault, ChildProcess process, Duration time) throws InterruptedException {
        broken(number, fault, process.name() + " for " + time.toMillis() + " ms");
        Signal.STOP.to(process);
        try {
            rest(time);
        } finally {
            Signal.CONT.to(process);
        }
        mended(number, fault);
    }

    /**
     * What the holder says arrives after another one took the lease, and before that one has formed its first match, because
     * the way of the others to Redis is slow. Without the fencing check the late commit would find its tickets waiting.
     */
    private void lateCommit(int number, Fault fault) throws InterruptedException {
        ManagerProcess holder = holder();
        Told.Fence before = look.fence(clock.instant());
        broken(number, fault, holder.name());
        List<ManagerProcess> others =
                stage.managers().stream().filter(other -> other != holder).toList();
        others.forEach(other -> other.link().delay(SLOW));
        holder.link().hold();
        try {
            awaitHigher(before);
            // Later by the clock of Redis, so that nobody can doubt the order.
            rest(Duration.ofMillis(5));
        } finally {
            holder.link().deliver();
            rest(SLOW.multipliedBy(2));
            others.forEach(other -> other.link().delay(Duration.ZERO));
        }
        mended(number, fault);
    }

    private void awaitHigher(Told.@Nullable Fence before) throws InterruptedException {
        long deadline = System.nanoTime() + PAST_THE_LEASE.multipliedBy(2).toNanos();
        while (System.nanoTime() < deadline) {
            Told.Fence now = look.fence(clock.instant());
            if (now != null && before != null && now.token() > before.token()) {
                history.add(now);
                return;
            }
            rest(Duration.ofMillis(2));
        }
    }

    private void killPrimary(int number, Fault fault, String key) throws InterruptedException {
        RedisCluster.Server primary = primaryOf(key);
        broken(number, fault, primary.toString());
        primary.kill();
        long deadline = System.nanoTime() + TO_TAKE_OVER.toNanos();
        while (stage.cluster().primaryOf(key).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new StartFailedException(
                        "No replica took over from %s within %d s.".formatted(primary, TO_TAKE_OVER.toSeconds()));
            }
            rest(LOOK);
        }
        rest(upTo(1500));
        primary.start();
        stage.cluster().awaitWhole();
        mended(number, fault);
    }

    private void restartReplica(int number, Fault fault) throws InterruptedException {
        String key = anyKey();
        RedisCluster.Server replica = stage.cluster()
                .replicaOf(key)
                .orElseThrow(() -> new IllegalStateException("the cluster is not whole: no replica has " + key));
        broken(number, fault, replica.toString());
        replica.process().stop(TO_STOP);
        rest(upTo(1500));
        replica.start();
        stage.cluster().awaitWhole();
        mended(number, fault);
    }

    private RedisCluster.Server primaryOf(String key) {
        return stage.cluster()
                .primaryOf(key)
                .orElseThrow(() -> new IllegalStateException("the cluster is not whole: no primary has " + key));
    }

    /** In any slot, and so on any of the primaries. */
    private String anyKey() {
        return Long.toHexString(random.nextLong());
    }

    /** The manager with the lease; any one if there is none at this moment. */
    private ManagerProcess holder() {
        String replica = look.holder();
        return stage.managers().stream()
                .filter(manager -> replica != null && manager.hasLogged("replica=" + replica))
                .findFirst()
                .orElseGet(this::any);
    }

    private ManagerProcess any() {
        return stage.managers().get(random.nextInt(stage.managers().size()));
    }

    private Duration upTo(long ms) {
        return Duration.ofMillis(random.nextLong(100, ms));
    }

    private void broken(int number, Fault fault, String what) {
        history.add(new Told.Broken(clock.instant(), number, fault, what));
    }

    private void mended(int number, Fault fault) {
        history.add(new Told.Mended(clock.instant(), number, fault));
    }

    static void rest(Duration time) throws InterruptedException {
        if (new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("nobody opens it");
        }
    }
}

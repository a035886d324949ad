package dev.paddock.bench;

import dev.paddock.manager.matchmaking.Pool;
import dev.paddock.manager.matchmaking.Proposals;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** So many wait for matches of teams that need a tank, and nobody is one. JMH fills the parameters in. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MissingRoleBenchmark {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Param("10000")
    public int waiting = 10_000;

    @Param("FIVES")
    public Game game = Game.FIVES;

    private Pool pool = pool();
    private Proposals last = pool.match(Crowds.NOW);
    private Instant until = Crowds.NOW;

    @Setup(Level.Trial)
    public void fillPool() {
        pool = pool();
        new Crowds(waiting).waiting(waiting).forEach(pool::add);
        last = pool.match(Crowds.NOW);
    }

    /** All passes of one second more of waiting. */
    @Benchmark
    public Proposals second() {
        until = until.plus(SECOND);
        Instant next = last.nextMoment();
        while (next != null && !next.isAfter(until)) {
            last = pool.match(next);
            next = last.nextMoment();
        }
        return last;
    }

    private Pool pool() {
        return new Pool(Crowds.withTanks(game.teams), Crowds.REGIONS);
    }
}

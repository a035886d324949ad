package dev.paddock.bench;

import dev.paddock.manager.matchmaking.Pool;
import dev.paddock.manager.matchmaking.Proposals;
import dev.paddock.manager.ticket.Ticket;
import java.util.List;
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

/** So many tickets that are all new at once, as when a replica takes a full queue over. JMH fills the parameters in. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PassBenchmark {
    @Param("1000")
    public int waiting = 1000;

    @Param("DUEL")
    public Game game = Game.DUEL;

    private List<Ticket> crowd = List.of();
    private Pool empty = pool();
    private Pool filled = pool();

    @Setup(Level.Trial)
    public void makeTickets() {
        crowd = new Crowds(waiting).waiting(waiting);
    }

    @Setup(Level.Invocation)
    public void makePools() {
        empty = pool();
        filled = pool();
        crowd.forEach(filled::add);
    }

    /** Taking them in. */
    @Benchmark
    public Pool add() {
        crowd.forEach(empty::add);
        return empty;
    }

    /** Matching them. */
    @Benchmark
    public Proposals pass() {
        return filled.match(Crowds.NOW);
    }

    /** The baseline: the oldest scans all others. */
    @Benchmark
    public int scan() {
        return new ScanBaseline(Crowds.rules(game.teams), Crowds.REGIONS).match(crowd, Crowds.NOW);
    }

    private Pool pool() {
        return new Pool(Crowds.rules(game.teams), Crowds.REGIONS);
    }
}

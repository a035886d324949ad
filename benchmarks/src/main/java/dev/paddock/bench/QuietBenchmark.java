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

/** So many wait, and nobody fits anybody. JMH fills the parameters in. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class QuietBenchmark {
    private static final int OTHERS = 20_000;

    @Param("1000")
    public int waiting = 1000;

    @Param("DUEL")
    public Game game = Game.DUEL;

    private Pool pool = pool();
    private List<Ticket> others = List.of();
    private int next;

    @Setup(Level.Trial)
    public void fillPool() {
        pool = pool();
        new Crowds(waiting).waiting(waiting).forEach(pool::add);
        pool.match(Crowds.NOW);
        others = new Crowds(waiting + 1).coming(OTHERS);
    }

    /** One more comes, a pass looks for somebody, and in vain it leaves. */
    @Benchmark
    public Proposals arrival() {
        Ticket ticket = others.get(next++ % OTHERS);
        pool.add(ticket);
        Proposals found = pool.match(Crowds.NOW);
        pool.remove(ticket.ticketId());
        return found;
    }

    /** A pass over nothing new. */
    @Benchmark
    public Proposals nothingNew() {
        return pool.match(Crowds.NOW);
    }

    private Pool pool() {
        return new Pool(Crowds.apart(game.teams), Crowds.REGIONS);
    }
}

package dev.paddock.gameserver;

import dev.paddock.gameserver.channel.Connection;
import dev.paddock.protocol.MalformedException;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.server.Assignment;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays the one match on one thread: takes what the players did out of a queue, and ticks the game at its rate. A tick
 * that comes late is made up for, unless so many are missing that the machine must have stood still.
 */
final class MatchLoop implements Stage {
    private static final Logger LOG = LoggerFactory.getLogger(MatchLoop.class);
    private static final long SECOND = 1_000_000_000L;
    private static final long MADE_UP_AT_MOST = SECOND / 2;

    private final Game game;
    private final Assignment assignment;
    private final Roster roster;
    private final Consumer<LifeEvent> life;
    private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
    private volatile boolean over;

    MatchLoop(Game game, Assignment assignment, Roster roster, Consumer<LifeEvent> life) {
        this.game = game;
        this.assignment = assignment;
        this.roster = roster;
        this.life = life;
    }

    /** What a player did. */
    private sealed interface Happening {
        record Joined(String playerId) implements Happening {}

        record Line(Connection from, String text) implements Happening {}

        record Left(String playerId) implements Happening {}

        record Seated(MatchPlayer player) implements Happening {}

        record Unseated(String playerId) implements Happening {}

        /** Only to wake the thread. */
        record Over() implements Happening {}
    }

    /** Loads the match and plays it until it is over, on a thread of its own. */
    void start() {
        Thread.ofPlatform().name("match").start(this::run);
    }

    /** Stops the game; nothing is sent by it any more. */
    void stop() {
        over = true;
        happenings.add(new Happening.Over());
    }

    void joined(String playerId) {
        happenings.add(new Happening.Joined(playerId));
    }

    void seated(MatchPlayer player) {
        happenings.add(new Happening.Seated(player));
    }

    void unseated(String playerId) {
        happenings.add(new Happening.Unseated(playerId));
    }

    void line(Connection from, String text) {
        happenings.add(new Happening.Line(from, text));
    }

    void left(String playerId) {
        happenings.add(new Happening.Left(playerId));
    }

    @Override
    public void tell(String playerId, Object frame) {
        if (!over) {
            roster.tell(playerId, Connection.line(frame));
        }
    }

    @Override
    public void tellAll(Object frame) {
        if (!over) {
            roster.tellAll(Connection.line(frame));
        }
    }

    @Override
    public void showAll(Object frame) {
        if (!over) {
            roster.showAll(Connection.line(frame));
        }
    }

    @Override
    public void open(List<Integer> seats) {
        if (!over) {
            life.accept(new LifeEvent.Open(seats));
        }
    }

    @Override
    public void gone(String playerId) {
        if (!over) {
            life.accept(new LifeEvent.Left(playerId));
        }
    }

    @Override
    public void end(MatchResult result) {
        if (!over) {
            over = true;
            life.accept(new LifeEvent.GameEnded(result));
        }
    }

    private void run() {
        try {
            MatchRun match = game.start(assignment, this);
            life.accept(new LifeEvent.Loaded());
            play(match);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // The game's own code: whatever it throws ends this match, told to everybody, and not in silence.
            LOG.error("The game broke: matchId={}", assignment.matchId(), e);
            life.accept(new LifeEvent.Broken());
        }
    }

    private void play(MatchRun match) throws InterruptedException {
        long step = SECOND / game.ticksPerSecond();
        long next = System.nanoTime() + step;
        while (!over) {
            long wait = next - System.nanoTime();
            Happening happening = wait > 0 ? happenings.poll(wait, TimeUnit.NANOSECONDS) : happenings.poll();
            if (happening != null) {
                apply(match, happening);
                continue;
            }
            if (wait > 0) {
                continue;
            }
            match.tick();
            next += step;
            if (System.nanoTime() - next > MADE_UP_AT_MOST) {
                LOG.warn("The match stood still: matchId={} lostMs={}", assignment.matchId(), -wait / 1_000_000);
                next = System.nanoTime() + step;
            }
        }
    }

    private static void apply(MatchRun match, Happening happening) {
        switch (happening) {
            case Happening.Joined joined -> match.joined(joined.playerId());
            case Happening.Left left -> match.left(left.playerId());
            case Happening.Seated seated -> match.seated(seated.player());
            case Happening.Unseated unseated -> match.unseated(unseated.playerId());
            case Happening.Over _ -> {}
            case Happening.Line line -> {
                try {
                    match.line(line.from().playerId(), line.text());
                } catch (MalformedException e) {
                    line.from().drop("bad-line", "This game knows no such line.");
                }
            }
        }
    }
}

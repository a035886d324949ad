package dev.paddock.gameserver;

import dev.paddock.gameserver.channel.JoinTokens;
import dev.paddock.gameserver.channel.Listener;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.SeatPlayers;
import dev.paddock.protocol.server.Assignment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what {@link ServerLife} decides, on one thread: events come out of one queue, and time is an event too. One queue
 * is what makes "one match in its life" true without a lock.
 */
final class LifeLoop {
    private static final Logger LOG = LoggerFactory.getLogger(LifeLoop.class);
    private static final long TICK_MILLIS = 50;
    private static final long GOODBYE_MILLIS = 2500;

    private final ServerFiles files;
    private final Game game;
    private final InstantSource clock;
    private final Roster roster;
    private final DirectorLink link;
    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
    private @Nullable Rehearsal rehearsal;
    private @Nullable MatchLoop match;
    private @Nullable Integer exitCode;

    LifeLoop(ServerFiles files, Game game, InstantSource clock) {
        this.files = files;
        this.game = game;
        this.clock = clock;
        this.roster = new Roster(this::post, game.snapshotsPerSecond());
        this.link = new DirectorLink(files.config(), files.credentials(), this::post);
    }

    private record Pending(LifeEvent event, DirectorLink.Answer answer) {}

    Roster roster() {
        return roster;
    }

    /** Starts the slow things that need no port. */
    void prepare() {
        link.connect();
    }

    /** What to do with the time until there is a match; call it before {@link #live}. */
    void whenStandby(Rehearsal wanted) {
        rehearsal = wanted;
    }

    /** Something happened; any thread may say so. */
    void post(LifeEvent event) {
        post(event, DirectorLink.Answer.NOBODY);
    }

    private void post(LifeEvent event, DirectorLink.Answer answer) {
        queue.add(new Pending(event, answer));
    }

    /** Lives until the process may exit; returns its exit code. */
    int live(ServerLife.Self self, Listener listener) throws InterruptedException {
        Assignment cold = files.assignment();
        if (cold != null && checked(new LifeEvent.Assign(cold)) instanceof LifeEvent.BadRequest) {
            throw new StartException("assignment.json needs players and joinKeys with an EC key on P-256", null);
        }
        ServerLife.Next next = ServerLife.begin(self, Timing.CONTRACT, cold, now());
        ServerLife life = perform(next, DirectorLink.Answer.NOBODY);
        while (exitCode == null) {
            Pending pending = queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
            if (pending == null) {
                pending = new Pending(new LifeEvent.Tick(), DirectorLink.Answer.NOBODY);
            }
            life = perform(life.on(checked(pending.event), now()), pending.answer);
        }
        sayGoodbye(listener);
        return exitCode;
    }

    /** An assignment that cannot be used is a bad request; to find out takes more than the pure half may do. */
    private LifeEvent checked(LifeEvent event) {
        if (event instanceof LifeEvent.Seat(SeatPlayers wanted)) {
            boolean usable =
                    wanted.players().stream().allMatch(player -> player.playerId() != null && player.loadout() != null);
            return usable ? event : new LifeEvent.BadRequest();
        }
        if (!(event instanceof LifeEvent.Assign(Assignment assignment))) {
            return event;
        }
        try {
            if (assignment.players().isEmpty()) {
                throw new IllegalArgumentException("the match has no players");
            }
            tokens(assignment);
            return event;
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "An assignment is refused: serverId={} why={}",
                    files.config().serverId(),
                    e.getMessage());
            return new LifeEvent.BadRequest();
        }
    }

    private ServerLife perform(ServerLife.Next next, DirectorLink.Answer answer) {
        for (Step step : next.steps()) {
            switch (step) {
                case Step.Reply reply -> answer.send(reply.reply());
                case Step.Change change -> change(change);
                case Step.Load load -> load(load.assignment());
                case Step.Say say -> say(say);
                case Step.Beat beat -> link.beat(beat.heartbeat());
                case Step.Close close -> close(close);
                case Step.Exit exit -> exit(exit);
            }
        }
        return next.life();
    }

    private void load(Assignment assignment) {
        LOG.info(
                "stop=assigned matchId={} serverId={}",
                assignment.matchId(),
                files.config().serverId());
        MatchLoop loop = new MatchLoop(game, assignment, roster, this::post);
        match = loop;
        roster.open(assignment, tokens(assignment), loop);
        loop.start();
    }

    private void change(Step.Change change) {
        MatchLoop running = match;
        if (running != null) {
            Assignment now = change.assignment();
            roster.open(now, tokens(now), running);
            change.came().forEach(running::seated);
            change.withdrawn().forEach(running::unseated);
        }
    }

    private void say(Step.Say say) {
        boolean said = link.say(say.said(), say.event());
        Rehearsal waiting = rehearsal;
        if (said && waiting != null && say.said() == Said.STANDBY) {
            // Only now: until the directors know of this server, nothing is more urgent than telling them.
            rehearsal = null;
            waiting.start(link::askItself);
        }
    }

    private void close(Step.Close close) {
        MatchLoop running = match;
        if (running != null) {
            running.stop();
        }
        LOG.info(
                "The match is over: serverId={} outcome={}",
                files.config().serverId(),
                close.result().outcome());
        roster.close(close.result());
    }

    private void exit(Step.Exit exit) {
        LOG.info("Exiting: serverId={} code={} why={}", files.config().serverId(), exit.code(), exit.why());
        exitCode = exit.code();
    }

    /** The players have a moment to read their result. */
    private void sayGoodbye(Listener listener) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GOODBYE_MILLIS);
        while (listener.connections() > 0 && System.nanoTime() < until) {
            queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
        link.close();
    }

    private JoinTokens tokens(Assignment assignment) {
        if (assignment.matchId() == null || assignment.limits() == null || assignment.joinKeys() == null) {
            throw new IllegalArgumentException("matchId, limits or joinKeys is missing");
        }
        for (MatchPlayer player : assignment.players()) {
            if (player.playerId() == null || player.loadout() == null) {
                throw new IllegalArgumentException("a player has no playerId or no loadout");
            }
        }
        Set<String> players =
                assignment.players().stream().map(MatchPlayer::playerId).collect(Collectors.toSet());
        return JoinTokens.of(assignment.joinKeys(), assignment.matchId(), players, clock);
    }

    private Instant now() {
        return clock.instant();
    }
}

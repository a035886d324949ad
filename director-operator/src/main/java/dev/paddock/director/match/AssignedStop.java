package dev.paddock.director.match;

import dev.paddock.director.backend.LaunchException;
import dev.paddock.director.bus.Bus;
import dev.paddock.director.bus.NoAnswerException;
import dev.paddock.director.fleet.ServerBook;
import dev.paddock.director.fleet.Start;
import dev.paddock.director.fleet.StartStep;
import dev.paddock.director.mode.KnownMode;
import dev.paddock.protocol.MalformedException;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import dev.paddock.protocol.server.Assignment;
import dev.paddock.protocol.server.ServerReply;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stop 4, <b>assigned</b>: a standby accepts the match, or a server is started for it.
 *
 * <pre>
 * StartMatch ─▶ book: known? ─yes─▶ answer what is known
 *                 │ no
 *                 ├─ standby ─▶ ask it ─Accepted─▶ answer Assigned        one request, no disk, no lock
 *                 │               ╰─Refused, silent─▶ retire it, next one
 *                 ╰─ none ─▶ StartedStop ─▶ answer Assigned
 * </pre>
 */
@Singleton
public final class AssignedStop {
    private static final Logger LOG = LoggerFactory.getLogger(AssignedStop.class);

    private final Bus bus;
    private final ServerBook book;
    private final StartedStop started;
    private final Retirement retirement;
    private final Stops stops;
    private final Director director;

    AssignedStop(Bus bus, ServerBook book, StartedStop started, Retirement retirement, Stops stops, Director director) {
        this.bus = bus;
        this.book = book;
        this.started = started;
        this.retirement = retirement;
        this.stops = stops;
        this.director = director;
    }

    /** The answer; empty: not known for sure at this moment, the manager asks again. */
    Optional<StartReply> start(StartMatch request, KnownMode mode) {
        long from = System.nanoTime();
        while (true) {
            Start next = book.start(request, mode, started.nameOf(request), time().instant());
            next.retire().forEach(serverId -> retirement.retireLater(serverId, "the match asked for another server"));
            Optional<StartReply> reply = switch (next.step()) {
                case StartStep.Answer answer -> Optional.of(answer.reply());
                case StartStep.Silence _ -> Optional.empty();
                case StartStep.Launch launch -> Optional.of(launch(launch.serverId(), request, mode, from));
                case StartStep.Take take -> take(take.serverId(), request, from);
            };
            // The book counts the standbys that were asked for a match: after a few it says Launch.
            if (reply.isPresent() || !(next.step() instanceof StartStep.Take)) {
                return reply;
            }
        }
    }

    private Optional<StartReply> take(String serverId, StartMatch request, long from) {
        if (!accepts(serverId, request)) {
            book.refused(request.matchId(), serverId, time().instant());
            retirement.retireLater(serverId, "it did not accept match " + request.matchId());
            return Optional.empty();
        }
        StartReply reply = book.accepted(request.matchId(), serverId, time().instant());
        stops.passed(Stop.ASSIGNED, request.matchId(), request.mode(), serverId, true, since(from));
        return Optional.of(reply);
    }

    private boolean accepts(String serverId, StartMatch request) {
        try {
            ServerReply reply = bus.request(
                    Subjects.serverAssign(serverId),
                    assignment(request),
                    ServerReply.class,
                    director.settings().assignWithin());
            return switch (reply) {
                case ServerReply.Accepted accepted -> accepted.serverId().equals(serverId);
                case ServerReply.Refused refused -> {
                    LOG.warn(
                            "a standby refused matchId={} serverId={} why={}",
                            request.matchId(),
                            serverId,
                            refused.why());
                    yield false;
                }
            };
        } catch (NoAnswerException | MalformedException e) {
            LOG.warn(
                    "a standby did not answer matchId={} serverId={} why={}",
                    request.matchId(),
                    serverId,
                    e.getMessage());
            return false;
        }
    }

    private StartReply launch(String serverId, StartMatch request, KnownMode mode, long from) {
        stops.passed(Stop.ASSIGNED, request.matchId(), request.mode(), serverId, false, since(from));
        try {
            return started.start(serverId, mode, Optional.of(assignment(request)));
        } catch (LaunchException e) {
            LOG.warn(
                    "a server could not be started matchId={} mode={} why={}",
                    request.matchId(),
                    request.mode(),
                    e.getMessage());
            return new StartReply.Refused("no-capacity", "a server could not be started", serverId);
        }
    }

    private static Assignment assignment(StartMatch request) {
        return new Assignment(
                request.matchId(), request.mode(), request.players(), request.limits(), request.joinKeys());
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private InstantSource time() {
        return director.time();
    }
}

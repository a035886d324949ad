package dev.paddock.manager.match;

import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.bus.NoAnswerException;
import dev.paddock.manager.garage.Loadouts;
import dev.paddock.manager.matchmaking.FormedMatch;
import dev.paddock.manager.matchmaking.FormedMatch.FormedPlayer;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.warm.Warm;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.frame.Frame;
import dev.paddock.protocol.frame.PlayerEvent;
import dev.paddock.protocol.match.Endpoint;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import dev.paddock.protocol.mode.MatchLimits;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The way from a formed match to its players: a director of a region that there is not is asked, a match that there is not
 * is settled, and what crosses the wire is written and read.
 */
@Singleton
final class WarmMatches implements Warm {
    private static final int TIMES = 50;
    private static final Duration NO_DIRECTOR = Duration.ofMillis(200);

    private final MatchScripts scripts;
    private final Bus bus;
    private final Redis redis;

    WarmMatches(MatchScripts scripts, Bus bus, Redis redis) {
        this.scripts = scripts;
        this.bus = bus;
        this.redis = redis;
    }

    @Override
    public void warm() {
        redis.load(Redis.SCRIPTS);
        redis.load(MatchScripts.SCRIPTS);
        redis.load(AcceptScripts.SCRIPTS);
        redis.load(SeatScripts.SCRIPTS);
        FormedMatch match = match();
        MatchEvent.Ready ready = ready();
        StartMatch start = start(match);
        for (int i = 0; i < TIMES; i++) {
            writeAndRead(match, start, ready);
        }
        // Each of these leaves a match alone that nobody knows.
        scripts.settle(ready, Instant.EPOCH);
        scripts.asked(match, 1, Instant.EPOCH, NOBODY, true);
        scripts.pushed(NOBODY, NOBODY, "", Instant.EPOCH);
        scripts.told(NOBODY, NOBODY, NOBODY, Instant.EPOCH);
        ask(start);
    }

    private static void writeAndRead(FormedMatch match, StartMatch start, MatchEvent.Ready ready) {
        Frame frame = Pushing.matchedFrame(match, ready, Instant.EPOCH).withJoinToken(Warm.NOBODY);
        var _ = Json.read(Json.text(match), FormedMatch.class);
        var _ = Json.bytes(start);
        var _ = Json.read(Json.bytes(new StartReply.Assigned(Warm.NOBODY, true, Instant.EPOCH)), StartReply.class);
        var _ = Json.read(Json.bytes(ready), MatchEvent.class);
        var _ = Json.read(Json.bytes(new PlayerEvent.Push(frame)), PlayerEvent.class);
        var _ = Json.bytes(frame);
    }

    /** NATS answers at once that nobody listens. */
    private void ask(StartMatch start) {
        try {
            bus.request(Subjects.directorStart(NOBODY), start, StartReply.class, NO_DIRECTOR);
            throw new IllegalStateException("a director answered for a region that there is not");
        } catch (NoAnswerException e) {
            bus.flush(NO_DIRECTOR);
        }
    }

    private static StartMatch start(FormedMatch match) {
        MatchLimits limits = new MatchLimits(NO_DIRECTOR, 1, NO_DIRECTOR, NO_DIRECTOR.multipliedBy(2));
        var noKeys = Json.newMapper().createObjectNode();
        return new StartMatch(NOBODY, NOBODY, NOBODY, match.matchPlayers(), limits, noKeys, 1, null);
    }

    private static FormedMatch match() {
        MatchPlayer player = new MatchPlayer(NOBODY, NOBODY, 0, Loadouts.DEFAULT);
        return new FormedMatch(NOBODY, NOBODY, NOBODY, List.of(new FormedPlayer(NOBODY, player)), Instant.EPOCH);
    }

    private static MatchEvent.Ready ready() {
        Endpoint endpoint = new Endpoint(NOBODY, Map.of("tcp", 1), NOBODY, NOBODY);
        return new MatchEvent.Ready(NOBODY, NOBODY, NOBODY, endpoint, Map.of(Stop.READY, Instant.EPOCH));
    }
}

package dev.paddock.manager.match;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.manager.account.JoinTokens;
import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.bus.NoAnswerException;
import dev.paddock.manager.matchmaking.FormedMatch;
import dev.paddock.manager.mode.Modes;
import dev.paddock.protocol.Heard;
import dev.paddock.protocol.MalformedException;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.match.SeatPlayers;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import dev.paddock.protocol.match.StopMatch;
import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.mode.Mode;
import dev.paddock.protocol.server.ServerReply;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What managers say to the directors of a region. Saying it twice is harmless. */
@Singleton
final class DirectorClient {
    private static final Logger LOG = LoggerFactory.getLogger(DirectorClient.class);

    /** For a mode that was taken away while its matches still run. */
    private static final MatchLimits LIMITS =
            new MatchLimits(Duration.ofSeconds(10), 3, Duration.ofSeconds(30), Duration.ofMinutes(10));

    private final Bus bus;
    private final Modes modes;
    private final MatchSettings settings;
    private final JsonNode joinKeys;

    DirectorClient(Bus bus, Modes modes, MatchSettings settings, JoinTokens joinTokens) {
        this.bus = bus;
        this.modes = modes;
        this.settings = settings;
        this.joinKeys = joinTokens.keys();
    }

    MatchLimits limits(String mode) {
        return modes.find(mode).map(Mode::limits).orElse(LIMITS);
    }

    /** Whether running matches of this mode take players for their free seats. */
    boolean fillsSeats(String mode) {
        return modes.find(mode).map(found -> found.matching().backfill()).orElse(false);
    }

    /** "These play in the match now." Nothing: no answer, which may mean that the server has heard it all the same. */
    Optional<ServerReply> seat(FormedMatch match, String serverId, int roster) {
        SeatPlayers players = new SeatPlayers(match.matchId(), serverId, roster, match.matchPlayers());
        try {
            return Optional.of(bus.request(
                    Subjects.directorSeat(match.region()), players, ServerReply.class, settings.answerWithin()));
        } catch (NoAnswerException | MalformedException e) {
            LOG.warn(
                    "no answer of the server matchId={} serverId={} roster={} why={}",
                    match.matchId(),
                    serverId,
                    roster,
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** "A server for this match." */
    Seen start(FormedMatch match, int attempt) {
        return ask(match, attempt, null);
    }

    /** "What became of the match's server?" */
    Seen check(FormedMatch match, int attempt, String serverId) {
        return ask(match, attempt, serverId);
    }

    /** "This server is not wanted for the match." A server that misses it gives up by itself, as nobody joins it. */
    void stop(FormedMatch match, String serverId, String why) {
        try {
            StopMatch stop = new StopMatch(match.matchId(), serverId, why);
            bus.request(Subjects.directorStop(match.region()), stop, Heard.class, settings.answerWithin());
            LOG.info("server not wanted matchId={} serverId={} why={}", match.matchId(), serverId, why);
        } catch (NoAnswerException | MalformedException e) {
            LOG.warn("server not stopped matchId={} serverId={} why={}", match.matchId(), serverId, e.getMessage());
        }
    }

    private Seen ask(FormedMatch match, int attempt, @Nullable String settledOn) {
        StartMatch start = new StartMatch(
                match.matchId(),
                match.mode(),
                match.region(),
                match.matchPlayers(),
                limits(match.mode()),
                joinKeys,
                attempt,
                settledOn);
        try {
            return new Seen.Answered(bus.request(
                    Subjects.directorStart(match.region()), start, StartReply.class, settings.answerWithin()));
        } catch (NoAnswerException | MalformedException e) {
            LOG.warn(
                    "no answer from the director matchId={} mode={} region={} why={}",
                    match.matchId(),
                    match.mode(),
                    match.region(),
                    e.getMessage());
            return new Seen.NoAnswer();
        }
    }
}

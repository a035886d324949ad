package dev.paddock.director.fleet;

import dev.paddock.director.backend.Placement;
import dev.paddock.director.backend.ServerExit;
import dev.paddock.director.key.PublicKey;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.server.ServerEvent;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One server in a {@link ServerBook}; touched under the book's lock alone. */
final class Tracked {
    final String serverId;
    final String mode;
    /** As it was declared; what the backend says of it counts more. */
    final String template;
    /** When it passed its stops with its match: of the server, not of the match, which may try several. */
    final Map<Stop, Instant> stops = new EnumMap<>(Stop.class);

    Phase phase = Phase.STARTING;
    Instant since;
    Instant heardAt;
    Map<String, Integer> ports = Map.of();
    int connected;

    @Nullable
    Placement placement;

    /** The one of its placement that it has proven. */
    @Nullable
    PublicKey key;

    @Nullable
    String matchId;

    @Nullable
    ServerExit exit;

    Instant exitAt = Instant.MAX;

    /** When it was taken from among the standbys. */
    @Nullable
    Instant takenAt;

    int repeats;
    /** What it last said of its seats, and how often. */
    int seatsNumber;

    int seatsRepeats;
    boolean ended;
    boolean unwanted;
    /** Another server has its match, or nobody has it any more: no player comes, and it need not play to the end. */
    boolean dismissed;

    /** Why its backend was told to end it, which cannot be taken back: no player may be sent to it any more. */
    @Nullable
    GivenUp givenUp;

    boolean handedOutHere;
    /** Not started here: before it has spoken, nobody here knows whether it has a match. */
    boolean takenOver;

    Tracked(String serverId, String mode, String template, Instant now) {
        this.serverId = serverId;
        this.mode = mode;
        this.template = template;
        this.since = now;
        this.heardAt = now;
    }

    boolean mine() {
        return placement == null || placement.mine();
    }

    void enter(Phase next, Instant now) {
        if (phase != next) {
            phase = next;
            since = now;
        }
    }

    void notAfter(Instant now) {
        since = since.isAfter(now) ? now : since;
        heardAt = heardAt.isAfter(now) ? now : heardAt;
        if (exit != null && exitAt.isAfter(now)) {
            exitAt = now;
        }
    }

    /** Nobody wants it any more; it leaves by itself unless it has a match. */
    void retire(Instant now) {
        unwanted = true;
        enter(Phase.RETIRING, now);
    }

    /** Retired for good: it is stopped, whatever match it has. */
    void dismiss(Instant now) {
        retire(now);
        dismissed = mine() && !ended;
    }

    String template() {
        return placement == null ? template : placement.template();
    }

    boolean serves(String match) {
        return match.equals(matchId);
    }

    ServerView view() {
        return new ServerView(
                serverId,
                mode,
                template(),
                phase,
                matchId,
                since,
                ports,
                connected,
                takenAt,
                key,
                givenUp,
                takenOver,
                placement != null && placement.leaving());
    }

    /** Whether this director tells what it has just heard of the seats; another's server it may only hear, unless it is said again. */
    boolean seatsAreTold(int number) {
        if (seatsNumber != number) {
            seatsNumber = number;
            seatsRepeats = 0;
        }
        seatsRepeats++;
        return handedOutHere || seatsRepeats > 1;
    }

    MatchEvent.Seats seats(ServerEvent.Seats said) {
        return new MatchEvent.Seats(
                said.matchId(), mode, serverId, said.number(), said.roster(), said.free(), said.players(), said.at());
    }
}

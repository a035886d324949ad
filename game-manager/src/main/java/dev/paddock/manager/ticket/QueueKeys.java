package dev.paddock.manager.ticket;

import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.mode.Mode;
import java.time.Duration;

/**
 * The keys of one mode's queue and matches in Redis. All of them share the hash tag {@code {mode}}, so that one script
 * can touch queue, tickets and match, also in a Redis Cluster.
 *
 * <table>
 * <caption>m = the mode</caption>
 * <tr><th>key</th><th>type</th><th>holds</th><th>lives</th></tr>
 * <tr><td>{@code paddock:{m}:queue}</td><td>ZSET</td><td>waiting ticketId → createdAt, ms</td><td>while waiting</td></tr>
 * <tr><td>{@code paddock:{m}:ticket:<id>}</td><td>HASH</td><td>{@code ticket} (JSON, as it was queued, with whom its players avoid now), {@code state returned
 *     matchId endedAt reason}; see {@link Ticket#of}</td>
 *     <td>while it waits; then {@link #ENDED_LIVES} after its end, and after its match's</td></tr>
 * <tr><td>{@code paddock:{m}:arrivals}</td><td>STREAM</td><td>{@code event}=queued with {@code tickets} (JSON of many {@link
 *     Ticket}) or {@code ticketId}, {@code ticket} (JSON of one, as it was queued), {@code returned}; {@code event}=left with {@code ticketId}; {@code event}=seats with
 *     {@code offer} (JSON of a {@link SeatOffer}) or {@code shut} (matchId). The entry's id is
 *     {@code <seq>-0} of its last ticket, so that its reader sees a gap</td>
 *     <td>until the lease holder has read it; about 100 000 at most</td></tr>
 * <tr><td>{@code paddock:{m}:seats}</td><td>HASH</td><td>matchId → the {@link SeatOffer} (JSON) of a match that runs</td>
 *     <td>until a seat is taken, none is free, or the match is over</td></tr>
 * <tr><td>{@code paddock:{m}:seq}</td><td>STRING</td><td>the last number given to an arrival</td><td>for ever</td></tr>
 * <tr><td>{@code paddock:{m}:read}</td><td>STRING</td><td>the last number that the lease holder has read, as it said at its
 *     last renewal</td><td>for ever</td></tr>
 * <tr><td>{@code paddock:{m}:lease}</td><td>STRING</td><td>who runs the matcher</td><td>3 s, renewed</td></tr>
 * <tr><td>{@code paddock:{m}:fence}</td><td>STRING</td><td>the last fencing token: µs since
 *     1970 by the clock of Redis</td><td>for ever</td></tr>
 * <tr><td>{@code paddock:{m}:matches}</td><td>STREAM, group {@code managers}</td><td>{@code matchId}, {@code formed} (JSON
 *     of a FormedMatch); or {@code matchId}, {@code roster}: its server must hear who plays now,
 *     with {@code seating} (JSON of a SeatsTaken) if somebody is to join</td><td>until every player was told</td></tr>
 * <tr><td>{@code paddock:{m}:match:<id>}</td><td>HASH</td><td>{@code state} PROPOSED|FORMED|READY|ENDED|CANCELLED, {@code formed}
 *     (JSON), {@code entry} (id in {@code matches}), {@code attempt}, {@code token} (of the lease it was formed with), {@code serverId}, {@code ready} (JSON), {@code
 *     result} (JSON), times of stops {@code at.<stop>} (ISO instants); in a mode that asks its players {@code acceptBy} (epoch ms),
 *     {@code accepted.<playerId>}, {@code accepts} (how many), {@code dissolved} (what became of the tickets, see {@code
 *     dissolve.lua}); in one that fills free seats {@code said} (the last number that its server said of them), {@code offered} (the
 *     number that is in {@code seats}), {@code roster} (the last one), {@code seating}, {@code seated}, {@code unseated} (JSON of a
 *     SeatsTaken: under way, and the last that was given, and given back)</td><td>1 h after its end</td></tr>
 * <tr><td>{@code paddock:{m}:live}</td><td>ZSET</td><td>matchId → ms of the next look at it</td><td>while PROPOSED, FORMED, READY, and until a match that was
 *     not accepted, or got no server, was told to its players</td></tr>
 * <tr><td>{@code paddock:{m}:results}</td><td>STREAM, group {@code managers}</td><td>{@code matchId}, {@code mode},
 *     {@code result} (JSON)</td><td>until MySQL has it</td></tr>
 * <tr><td>{@code paddock:player:{<playerId>}:ticket}</td><td>STRING</td><td>the claim: {@code <mode> <ticketId>
 *     <claimedAt ms>}</td><td>longer than the ticket and its match can; deleted at their end</td></tr>
 * </table>
 */
public record QueueKeys(String mode) {
    /** How long what has ended can still be looked up. */
    public static final Duration ENDED_LIVES = Duration.ofHours(1);

    /** The consumer group of every stream here that has one. */
    public static final String GROUP = "managers";

    /** More than the way of a ticket and its match can take on top of the mode's own limits. */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    /** Longer than a ticket of this mode and its match can hold their player. */
    public static Duration claimLives(Mode mode) {
        MatchLimits limits = mode.limits();
        return mode.matching()
                .ticketLifetime()
                .plus(limits.readyWithin().multipliedBy(limits.startTries()))
                .plus(limits.longest())
                .plus(MARGIN);
    }

    /** How long a matched ticket is kept if nothing ends its match: never less than the claim that names it. */
    public static Duration keptWhilePlayed(Mode mode) {
        return claimLives(mode).plus(ENDED_LIVES);
    }

    public String queue() {
        return key("queue");
    }

    public String ticket(String ticketId) {
        return key("ticket:" + ticketId);
    }

    public String arrivals() {
        return key("arrivals");
    }

    public String seats() {
        return key("seats");
    }

    public String seq() {
        return key("seq");
    }

    public String read() {
        return key("read");
    }

    public String lease() {
        return key("lease");
    }

    public String fence() {
        return key("fence");
    }

    public String matches() {
        return key("matches");
    }

    public String match(String matchId) {
        return key("match:" + matchId);
    }

    public String live() {
        return key("live");
    }

    public String results() {
        return key("results");
    }

    /** What says which ticket a player holds; a slot of the player's own, because a player is in no mode. */
    public static String claim(String playerId) {
        return "paddock:player:{" + playerId + "}:ticket";
    }

    private String key(String last) {
        return "paddock:{" + mode + "}:" + last;
    }
}

package dev.paddock.protocol;

/**
 * Every NATS subject of Paddock (DESIGN 4.3). A token that comes from outside is checked here, so that no id or name can
 * widen a subject.
 *
 * <table>
 * <caption>Subjects</caption>
 * <tr><td>{@code paddock.director.<region>.start|stop|seat}</td><td>request</td><td>manager → director</td></tr>
 * <tr><td>{@code paddock.server.<serverId>.assign|retire|seat}</td><td>request</td><td>director → server</td></tr>
 * <tr><td>{@code paddock.server.<serverId>.ready|seats|ended}</td><td>event, repeated until answered {@code Heard}</td>
 *     <td>server → director</td></tr>
 * <tr><td>{@code paddock.server.<serverId>.heartbeat}</td><td>event</td><td>server → director</td></tr>
 * <tr><td>{@code paddock.server.<serverId>.inbox.>}</td><td>answers</td><td>director → server</td></tr>
 * <tr><td>{@code paddock.match.<matchId>.ready|seats|ended|failed}</td><td>event, answered {@code Heard}</td>
 *     <td>director → managers</td></tr>
 * <tr><td>{@code paddock.queue.<mode>.ticket|report}</td><td>request, answered from memory by the manager that holds the
 *     mode's lease</td><td>manager → managers</td></tr>
 * <tr><td>{@code paddock.player.<playerId>}</td><td>event</td><td>manager → the manager with the socket</td></tr>
 * </table>
 */
public final class Subjects {
    /** JetStream KV bucket: mode name → {@link dev.paddock.protocol.mode.Mode}. */
    public static final String MODES_BUCKET = "modes";

    /** JetStream KV bucket: region name → {@link dev.paddock.protocol.mode.Region}. */
    public static final String REGIONS_BUCKET = "regions";

    /** What servers tell the directors: every director listens, none in a queue group, so that each has the whole view. */
    public static final String ALL_SERVER_READY = "paddock.server.*.ready";

    public static final String ALL_SERVER_HEARTBEAT = "paddock.server.*.heartbeat";
    public static final String ALL_SERVER_SEATS = "paddock.server.*.seats";
    public static final String ALL_SERVER_ENDED = "paddock.server.*.ended";

    /** What directors tell the managers: a queue group, one manager acts. */
    public static final String ALL_MATCH_EVENTS = "paddock.match.*.*";

    /** What managers ask about queues: every manager hears it, none in a queue group, and the one that knows answers. */
    public static final String ALL_QUEUE_TICKETS = "paddock.queue.*.ticket";

    public static final String ALL_QUEUE_REPORTS = "paddock.queue.*.report";

    /** What directors hear of how much is played. */
    public static final String ALL_DEMAND = "paddock.demand.*";

    /** The queue group of managers on {@link #ALL_MATCH_EVENTS}. */
    public static final String MANAGERS = "managers";

    /** The queue group of a region's directors on {@code start}, {@code stop} and {@code seat}. */
    public static final String DIRECTORS = "directors";

    private static final int LONGEST_TOKEN = 64;

    private Subjects() {}

    public static String directorStart(String region) {
        return "paddock.director." + token(region) + ".start";
    }

    public static String directorStop(String region) {
        return "paddock.director." + token(region) + ".stop";
    }

    /** Takes a {@code SeatPlayers}, which the director passes on to the server. */
    public static String directorSeat(String region) {
        return "paddock.director." + token(region) + ".seat";
    }

    public static String serverAssign(String serverId) {
        return server(serverId) + ".assign";
    }

    public static String serverRetire(String serverId) {
        return server(serverId) + ".retire";
    }

    /** Takes a {@code SeatPlayers}. */
    public static String serverSeat(String serverId) {
        return server(serverId) + ".seat";
    }

    public static String serverReady(String serverId) {
        return server(serverId) + ".ready";
    }

    public static String serverHeartbeat(String serverId) {
        return server(serverId) + ".heartbeat";
    }

    public static String serverSeats(String serverId) {
        return server(serverId) + ".seats";
    }

    public static String serverEnded(String serverId) {
        return server(serverId) + ".ended";
    }

    /** Prefix of the subjects on which a server gets answers, so that its credentials need no one else's inbox. */
    public static String serverInbox(String serverId) {
        return server(serverId) + ".inbox.";
    }

    /** All that a server's credentials allow. */
    public static String serverAll(String serverId) {
        return server(serverId) + ".>";
    }

    public static String matchReady(String matchId) {
        return "paddock.match." + token(matchId) + ".ready";
    }

    public static String matchSeats(String matchId) {
        return "paddock.match." + token(matchId) + ".seats";
    }

    public static String matchEnded(String matchId) {
        return "paddock.match." + token(matchId) + ".ended";
    }

    public static String matchFailed(String matchId) {
        return "paddock.match." + token(matchId) + ".failed";
    }

    /** Takes a {@code LookAtTicket}. */
    public static String queueTicket(String mode) {
        return "paddock.queue." + token(mode) + ".ticket";
    }

    /** Takes a {@code ReportQueue}. */
    public static String queueReport(String mode) {
        return "paddock.queue." + token(mode) + ".report";
    }

    /** Carries a {@code Demand}. */
    public static String demand(String mode) {
        return "paddock.demand." + token(mode);
    }

    public static String player(String playerId) {
        return "paddock.player." + token(playerId);
    }

    /**
     * The id or name in a subject's third place: {@code paddock.server.<serverId>.ready} → {@code <serverId>}.
     *
     * @throws IllegalArgumentException if the subject has no third place
     */
    public static String idIn(String subject) {
        String[] tokens = subject.split("\\.", -1);
        if (tokens.length < 3) {
            throw new IllegalArgumentException("no id in subject " + subject);
        }
        return tokens[2];
    }

    private static String server(String serverId) {
        return "paddock.server." + token(serverId);
    }

    private static String token(String token) {
        boolean usable = !token.isEmpty() && token.length() <= LONGEST_TOKEN;
        for (int i = 0; usable && i < token.length(); i++) {
            usable = isUsable(token.charAt(i));
        }
        if (!usable) {
            throw new IllegalArgumentException("not usable in a NATS subject: '" + token + "'");
        }
        return token;
    }

    private static boolean isUsable(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }
}

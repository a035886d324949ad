package dev.paddock.local.play;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.local.play.Inbox.Closed;
import dev.paddock.local.play.Inbox.Item;
import dev.paddock.local.play.Inbox.Received;
import dev.paddock.protocol.frame.Frame;
import dev.paddock.protocol.frame.Frame.MatchCancelled;
import dev.paddock.protocol.frame.Frame.MatchEnded;
import dev.paddock.protocol.frame.Frame.MatchFound;
import dev.paddock.protocol.frame.Frame.PartyUpdated;
import dev.paddock.protocol.frame.Frame.PlayerMatched;
import dev.paddock.protocol.frame.Frame.TicketUpdated;
import dev.paddock.protocol.frame.Frame.Welcome;
import dev.paddock.protocol.frame.TicketState;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One account with its socket and its ticket: all that a player does outside the game server. */
final class Player {
    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    private static final Duration BETWEEN_CONNECTS = Duration.ofMillis(500);
    private static final int CONNECTS = 10;

    private final Api api;
    private final InstantSource clock;
    private final StopSignal stop;
    private final String name;
    private final Login login;
    private Inbox inbox;
    private @Nullable WebSocket socket;
    private volatile @Nullable String openTicket;

    Player(Api api, InstantSource clock, StopSignal stop, String name, Login login) {
        this.api = api;
        this.clock = clock;
        this.stop = stop;
        this.name = name;
        this.login = login;
        this.inbox = new Inbox(clock);
    }

    /**
     * A ticket that the platform has accepted.
     *
     * @param asked when the request left, by this machine's clock
     * @param createdAt by the platform's clock
     * @param answered when the answer was here, by this machine's clock
     */
    record Queued(String ticketId, Instant asked, Instant createdAt, Instant answered) {}

    /** The match, and when the player had its frame, by this machine's clock. */
    record Matched(PlayerMatched frame, Instant told) {}

    String name() {
        return name;
    }

    String playerId() {
        return login.playerId();
    }

    /** Opens the socket and waits for {@code Welcome}. */
    void openSocket() throws PlayException, InterruptedException {
        connect();
        Instant deadline = clock.instant().plus(TO_CONNECT);
        Item first = inbox.next(Duration.between(clock.instant(), deadline));
        switch (first) {
            case Received(Welcome welcome, Instant at) when welcome.playerId().equals(playerId()) -> {}
            case Received(Frame frame, Instant at) ->
                throw new PlayException("the socket's first frame was "
                        + frame.getClass().getSimpleName() + " and not this player's Welcome");
            case Closed(String why) -> throw new PlayException("the socket was " + why + " before Welcome");
            case null -> throw new PlayException("no Welcome within " + TO_CONNECT.toSeconds() + " s");
        }
    }

    Queued queue(String mode, Map<String, Integer> latencies) throws PlayException, InterruptedException {
        String token = login.token();
        Map<String, ?> body = Map.of("mode", mode, "latencies", latencies);
        Map<String, String> headers =
                Map.of("Idempotency-Key", UUID.randomUUID().toString());
        Instant asked = clock.instant();
        JsonNode answer = api.post("/v1/tickets", token, body, headers);
        Instant answered = clock.instant();
        String ticketId = answer.path("ticketId").asText("");
        if (ticketId.isEmpty()) {
            throw new PlayException("POST /v1/tickets: the answer has no ticketId");
        }
        openTicket = ticketId;
        return new Queued(ticketId, asked, instant(answer, "createdAt"), answered);
    }

    /** Waits for the frame that names the server; a socket that is lost meanwhile is opened again. */
    Matched awaitMatched(Duration within) throws PlayException, InterruptedException {
        Instant deadline = clock.instant().plus(within);
        while (true) {
            Item item = inbox.next(Duration.between(clock.instant(), deadline));
            switch (item) {
                case Received(PlayerMatched frame, Instant at) -> {
                    openTicket = null;
                    return new Matched(frame, at);
                }
                case Received(Welcome welcome, Instant at) -> {
                    if (welcome.match() != null) {
                        openTicket = null;
                        return new Matched(welcome.match(), at);
                    }
                }
                case Received(TicketUpdated(String id, Instant when, var ticket), Instant at) -> {
                    if (ticket.state() == TicketState.CANCELLED || ticket.state() == TicketState.EXPIRED) {
                        openTicket = null;
                        throw new PlayException("the ticket ended as " + ticket.state());
                    }
                }
                case Received(MatchCancelled cancelled, Instant at) -> {
                    if (cancelled.ticketId() == null) {
                        openTicket = null;
                        throw new PlayException(
                                "match " + cancelled.matchId() + " was cancelled: " + cancelled.reason());
                    }
                }
                case Received(MatchFound found, Instant at) -> accept(found);
                case Received(PartyUpdated updated, Instant at) -> {}
                case Received(MatchEnded ended, Instant at) -> {}
                case Closed(String why) -> reconnect(why);
                case null ->
                    throw new PlayException(
                            "no PlayerMatched within " + within.toSeconds() + " s; " + describeTicket());
            }
        }
    }

    /** In a mode that asks its players first. */
    private void accept(MatchFound found) throws PlayException, InterruptedException {
        if (!found.byYou()) {
            api.post("/v1/matches/" + found.matchId() + "/accept", login.token(), Map.of(), Map.of());
        }
    }

    /** Waits for the end of this match on the socket. */
    MatchEnded awaitEnded(String matchId, Duration within) throws PlayException, InterruptedException {
        Instant deadline = clock.instant().plus(within);
        while (true) {
            Item item = inbox.next(Duration.between(clock.instant(), deadline));
            switch (item) {
                case Received(MatchEnded ended, Instant at)
                when ended.matchId().equals(matchId) -> {
                    return ended;
                }
                case Received(MatchCancelled cancelled, Instant at)
                when cancelled.matchId().equals(matchId) ->
                    throw new PlayException("the match was cancelled: " + cancelled.reason());
                case Received other -> {}
                case Closed(String why) -> reconnect(why);
                case null ->
                    throw new PlayException("no MatchEnded within " + within.toSeconds() + " s of the race's end");
            }
        }
    }

    /** The server's key as REST says it; it must be the frame's. */
    JsonNode serverKey(String matchId) throws PlayException, InterruptedException {
        return api.get("/v1/matches/" + matchId + "/server-key", login.token());
    }

    JsonNode match(String matchId) throws PlayException, InterruptedException {
        return api.get("/v1/matches/" + matchId, login.token());
    }

    /** Cancels a ticket that still waits, closes the socket and logs out. */
    void leave() throws PlayException, InterruptedException {
        try {
            cancelTicket();
        } finally {
            WebSocket open = socket;
            if (open != null) {
                open.abort();
            }
            login.logOut();
        }
    }

    private void cancelTicket() throws PlayException, InterruptedException {
        String ticketId = openTicket;
        if (ticketId == null) {
            return;
        }
        openTicket = null;
        try {
            api.delete("/v1/tickets/" + ticketId, login.token());
        } catch (ProblemException e) {
            // Matched or expired in the meantime: it ended, which is all that is wanted.
            if (!"ticket-ended".equals(e.slug())) {
                throw e;
            }
        }
    }

    private void connect() throws PlayException, InterruptedException {
        Inbox fresh = new Inbox(clock);
        URI base = api.base();
        String scheme = "https".equals(base.getScheme()) ? "wss" : "ws";
        URI address = URI.create(scheme + "://" + base.getRawAuthority() + "/v1/socket");
        try {
            socket = api.http()
                    .newWebSocketBuilder()
                    .subprotocols("paddock.v1")
                    .header("Authorization", "Bearer " + login.token())
                    .connectTimeout(TO_CONNECT)
                    .buildAsync(address, fresh)
                    .join();
        } catch (CompletionException e) {
            String why = e.getCause() instanceof WebSocketHandshakeException refused
                    ? "answered with " + refused.getResponse().statusCode()
                    : String.valueOf(e.getCause());
            throw new PlayException("the WebSocket " + address + " could not be opened: " + why, e);
        }
        inbox = fresh;
    }

    private void reconnect(String why) throws PlayException, InterruptedException {
        PlayException last = new PlayException("the socket was " + why);
        for (int attempt = 1; attempt <= CONNECTS; attempt++) {
            try {
                connect();
                return;
            } catch (PlayException e) {
                last = new PlayException("the socket was " + why + ", and then: " + e.getMessage(), e);
            }
            stop.pause(BETWEEN_CONNECTS);
        }
        throw last;
    }

    private String describeTicket() throws InterruptedException {
        String ticketId = openTicket;
        if (ticketId == null) {
            return "there is no ticket";
        }
        try {
            return "the ticket is " + api.get("/v1/tickets/" + ticketId, login.token());
        } catch (PlayException e) {
            return "the ticket's state is unknown: " + e.getMessage();
        }
    }

    private static Instant instant(JsonNode node, String field) throws PlayException {
        try {
            return Instant.parse(node.path(field).asText(""));
        } catch (DateTimeParseException e) {
            throw new PlayException("POST /v1/tickets: " + field + " is not an RFC 3339 time", e);
        }
    }
}

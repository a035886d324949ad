package dev.paddock.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.MalformedException;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A player's WebSocket: writes down what it says, and wakes the player. Opened again whenever it is lost. */
final class Socket implements AutoCloseable {
    /** Why a ticket has ended whose player had no socket for too long. */
    static final String NO_SOCKET = "no-socket";

    private static final Duration TO_CONNECT = Duration.ofSeconds(5);

    private final Api api;
    private final String playerId;
    private final History history;
    private final InstantSource clock;
    private final Semaphore news = new Semaphore(0);
    private volatile @Nullable WebSocket open;

    Socket(Api api, String playerId, History history, InstantSource clock) {
        this.api = api;
        this.playerId = playerId;
        this.history = history;
        this.clock = clock;
    }

    /** Waits until it says something; opens it if it is not open. */
    void await(Duration longest) throws InterruptedException {
        if (open == null) {
            connect();
        }
        if (news.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            news.drainPermits();
        }
    }

    /** As a player who drives into a tunnel. */
    @Override
    public void close() {
        WebSocket socket = open;
        open = null;
        if (socket != null) {
            history.add(new Told.SocketLost(clock.instant(), playerId));
            socket.abort();
        }
    }

    private void connect() {
        URI manager = api.any();
        Listener listener = new Listener();
        try {
            open = api.http()
                    .newWebSocketBuilder()
                    .subprotocols("paddock.v1")
                    .header("Authorization", api.bearer())
                    .connectTimeout(TO_CONNECT)
                    .buildAsync(URI.create("ws://" + manager.getRawAuthority() + "/v1/socket"), listener)
                    .join();
            history.add(new Told.SocketOpened(clock.instant(), playerId));
            if (listener.lost) {
                lost();
            }
        } catch (CompletionException e) {
            // That manager is away. The player asks meanwhile, and tries another one next time.
            open = null;
        }
    }

    private void lost() {
        history.add(new Told.SocketLost(clock.instant(), playerId));
        open = null;
        // To be opened again at once.
        news.release();
    }

    private void hear(String text) {
        JsonNode frame;
        try {
            frame = Json.read(text, JsonNode.class);
        } catch (MalformedException e) {
            history.add(new Told.Stuck(clock.instant(), playerId, "", "a frame that is not JSON: " + text));
            return;
        }
        switch (frame.path("type").asText()) {
            case "TicketUpdated" -> ticket(frame.path("ticket"));
            case "PlayerMatched" -> matched(frame);
            case "Welcome" -> {
                ticket(frame.path("ticket"));
                matched(frame.path("match"));
            }
            case "MatchEnded" -> over(frame, "ENDED");
            case "MatchCancelled" -> over(frame, "CANCELLED");
            default -> {}
        }
        news.release();
    }

    private void ticket(JsonNode ticket) {
        if (ticket.hasNonNull("ticketId")) {
            history.add(new Told.TicketIs(
                    clock.instant(),
                    playerId,
                    ticket.path("ticketId").asText(),
                    ticket.path("state").asText(),
                    ticket.hasNonNull("matchId") ? ticket.path("matchId").asText() : null));
            if (ticket.path("reason").asText().equals(NO_SOCKET)) {
                history.add(new Told.Absent(
                        clock.instant(), playerId, ticket.path("ticketId").asText()));
            }
        }
    }

    private void matched(JsonNode match) {
        if (match.hasNonNull("matchId")) {
            history.add(new Told.SentTo(
                    clock.instant(),
                    playerId,
                    match.path("matchId").asText(),
                    match.path("server").path("publicKeySha256").asText()));
        }
    }

    private void over(JsonNode frame, String state) {
        String reason = frame.hasNonNull("reason") ? frame.path("reason").asText() : null;
        history.add(new Told.MatchIs(
                clock.instant(), playerId, frame.path("matchId").asText(), state, reason));
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        /** Perhaps before anybody knew that it was open. */
        private volatile boolean lost;

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                hear(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            ended(socket);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            ended(socket);
        }

        private void ended(WebSocket socket) {
            lost = true;
            if (socket.equals(open)) {
                Socket.this.lost();
            }
        }
    }
}

package dev.paddock.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.faults.Accounts.Account;
import dev.paddock.faults.Api.Answer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who plays match after match: queues, perhaps cancels, and asks until the ticket or its match is over. What an
 * answer says is written down; what got no answer is said again, with the same Idempotency-Key.
 */
final class Player {
    /** Longer than a ticket, all tries for a server, and a match can take together, with a fault in each. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private static final double CANCELS = 0.08;

    /** Each time they wait for news. */
    private static final double TUNNELS = 0.05;

    /** Half of the tunnels are that short, which is noticed by nobody; the others long enough for the ticket to end. */
    private static final long SHORT_MS = 1000;

    private static final long LONG_MS = 5500;

    /** Of those alone who have a socket. */
    private static final double IN_SQUADS = 0.4;

    /** Of those alone. */
    private static final double IN_SEATS = 0.25;

    /** Each time they look whether they were asked. */
    private static final double ACCEPTS = 0.9;

    private final Account account;
    private final Api api;
    private final @Nullable Socket socket;
    private final @Nullable Pair pair;
    private final Crowd.Mood mood;
    private final SplittableRandom random;
    private final Notes notes;

    /** Where it is written down, by which clock. */
    record Notes(History history, InstantSource clock) {}

    /**
     * Who it is.
     *
     * @param socket null: the player only asks
     * @param pair null: the player plays alone
     */
    record Who(
            Account account,
            Api api,
            @Nullable Socket socket,
            @Nullable Pair pair) {}

    Player(Who who, Crowd.Mood mood, SplittableRandom random, Notes notes) {
        this.account = who.account();
        this.api = who.api();
        this.socket = who.socket();
        this.pair = who.pair();
        this.mood = mood;
        this.random = random;
        this.notes = notes;
    }

    /** Plays until the crowd is told to go home. */
    void live() throws InterruptedException {
        try {
            while (!mood.goesHomeWithin(thinks())) {
                String ticketId = queue();
                if (ticketId != null) {
                    follow(ticketId);
                }
            }
        } finally {
            if (socket != null) {
                socket.close();
            }
        }
    }

    /** Exponential, as if each player came on a whim. */
    private Duration thinks() {
        double seconds = -Math.log(1 - random.nextDouble()) * mood.meanPauseSeconds();
        return Duration.ofMillis(Math.min(120_000, (long) (seconds * 1000)));
    }

    /** The accepted ticket; null if the player was refused for good. */
    private @Nullable String queue() throws InterruptedException {
        String key = "wish-" + Long.toHexString(random.nextLong());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String last = "no answer";
        String mode = mode();
        while (System.nanoTime() < deadline) {
            Map<String, Object> wish = pair == null ? Api.ticket(mode) : pair.ticket(key);
            Answer answer = wish == null ? null : api.post("/v1/tickets", key, wish);
            if (answer != null && answer.isGood()) {
                String ticketId = answer.json().path("ticketId").asText();
                notes.history().add(new Told.Accepted(notes.clock().instant(), account.playerId(), ticketId));
                return ticketId;
            }
            if (answer != null) {
                last = answer.status() + " " + answer.problem() + " "
                        + answer.json().path("detail").asText();
            }
            Breakage.rest(Duration.ofMillis(random.nextLong(200, 1000)));
        }
        stuck("", "could not queue for " + PATIENCE.toSeconds() + " s: " + last);
        return null;
    }

    /** What somebody plays who comes alone. */
    private String mode() {
        if (random.nextDouble() < IN_SEATS) {
            return mood.modes().seats();
        }
        return socket != null && random.nextDouble() < IN_SQUADS
                ? mood.modes().squads()
                : mood.modes().alone();
    }

    private void follow(String ticketId) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean cancels = random.nextDouble() < CANCELS;
        long cancelAt = System.nanoTime() + random.nextLong(1_500_000_000L);
        String last = "nothing";
        for (int round = 0; System.nanoTime() < deadline; round++) {
            await(round);
            if ((cancels && System.nanoTime() > cancelAt) || mood.isGoingHome()) {
                cancels = false;
                Answer answer = api.delete("/v1/tickets/" + ticketId);
                if (answer != null && answer.isGood() && note(answer.json())) {
                    return;
                }
            }
            Answer answer = api.get("/v1/tickets/" + ticketId);
            if (answer == null) {
                continue;
            }
            if (answer.status() == 404) {
                notes.history().add(new Told.TicketUnknown(notes.clock().instant(), account.playerId(), ticketId));
                return;
            }
            last = answer.json().toString();
            if (note(answer.json()) || isOver(answer.json().path("matchId").asText(""))) {
                return;
            }
        }
        stuck(ticketId, "after %d s the ticket is %s".formatted(PATIENCE.toSeconds(), last));
    }

    /** Writes down how the ticket stands; whether it ended without a match. */
    private boolean note(JsonNode ticket) {
        String state = ticket.path("state").asText();
        if (!state.equals("WAITING")) {
            String matchId = ticket.path("matchId").asText("");
            notes.history()
                    .add(new Told.TicketIs(
                            notes.clock().instant(),
                            account.playerId(),
                            ticket.path("ticketId").asText(),
                            state,
                            matchId.isEmpty() ? null : matchId));
            if (ticket.path("reason").asText().equals(Socket.NO_SOCKET)) {
                notes.history()
                        .add(new Told.Absent(
                                notes.clock().instant(),
                                account.playerId(),
                                ticket.path("ticketId").asText()));
            }
        }
        return state.equals("CANCELLED") || state.equals("EXPIRED");
    }

    /** Whether the match was played, or its server lost: then the ticket is over too. */
    private boolean isOver(String matchId) {
        if (matchId.isEmpty()) {
            return false;
        }
        Answer answer = api.get("/v1/matches/" + matchId);
        if (answer == null || !answer.isGood()) {
            return false;
        }
        JsonNode match = answer.json();
        String state = match.path("state").asText();
        String server = match.path("server").path("publicKeySha256").asText("");
        if (!server.isEmpty()) {
            notes.history().add(new Told.SentTo(notes.clock().instant(), account.playerId(), matchId, server));
        }
        if (pair != null && state.equals("PROPOSED") && random.nextDouble() < ACCEPTS) {
            pair.accept(matchId);
        }
        String reason = match.path("reason").asText("");
        if (state.equals("ENDED") || state.equals("CANCELLED")) {
            notes.history().add(new Told.MatchIs(notes.clock().instant(), account.playerId(), matchId, state, reason));
        }
        return state.equals("ENDED") || reason.equals("server-lost");
    }

    private void await(int round) throws InterruptedException {
        // Who waits long asks less often; who has a socket is woken.
        long most = Math.min(4000, 1200 + 400L * round);
        if (socket == null) {
            Breakage.rest(Duration.ofMillis(random.nextLong(most / 2, most)));
            return;
        }
        if (random.nextDouble() < TUNNELS) {
            socket.close();
            Breakage.rest(Duration.ofMillis(random.nextBoolean() ? random.nextLong(SHORT_MS) : LONG_MS));
        }
        socket.await(Duration.ofSeconds(3));
    }

    private void stuck(String ticketId, String what) {
        notes.history().add(new Told.Stuck(notes.clock().instant(), account.playerId(), ticketId, what));
    }
}

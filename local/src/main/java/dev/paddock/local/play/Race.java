package dev.paddock.local.play;

import dev.paddock.local.play.GameChannel.Gone;
import dev.paddock.local.play.GameChannel.Item;
import dev.paddock.local.play.GameChannel.Said;
import dev.paddock.protocol.frame.Frame.PlayerMatched;
import dev.paddock.protocol.game.Driver;
import dev.paddock.protocol.game.FromServer;
import dev.paddock.protocol.game.FromServer.Countdown;
import dev.paddock.protocol.game.FromServer.Dropped;
import dev.paddock.protocol.game.FromServer.Grid;
import dev.paddock.protocol.game.FromServer.Joined;
import dev.paddock.protocol.game.FromServer.Rejected;
import dev.paddock.protocol.game.FromServer.Result;
import dev.paddock.protocol.game.FromServer.Snapshot;
import dev.paddock.protocol.game.ToServer.Input;
import dev.paddock.protocol.game.ToServer.Join;
import dev.paddock.protocol.game.ToServer.Resign;
import dev.paddock.protocol.match.MatchResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One player's race on the game server, from {@code Join} to {@code Result}. */
final class Race {
    /** Longer than any wait for another player to join. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    /** Less than a match waits for its players. */
    private static final Duration TO_JOIN = Duration.ofSeconds(20);

    private static final Duration BEFORE_THE_NEXT_TRY = Duration.ofMillis(200);

    /** A race that has begun speaks 30 times a second. */
    private static final Duration SILENCE_IN_RACE = Duration.ofSeconds(10);

    private final GameChannel channel;
    private final String playerId;
    private final Duration reaction;
    private final InstantSource clock;
    private @Nullable Hands hands;
    private Duration silence = SILENCE;
    private boolean joined;
    private String state = "connected, not joined";

    private Race(GameChannel channel, String playerId, Duration reaction, InstantSource clock) {
        this.channel = channel;
        this.playerId = playerId;
        this.reaction = reaction;
        this.clock = clock;
    }

    /** What is done once the server has let the player in. */
    interface OnJoined {
        /** @return whether to resign instead of racing */
        boolean resigns() throws InterruptedException;
    }

    /** Connects, joins, races. A server on a busy machine may hang up on somebody who is slow: then once more. */
    static MatchResult run(
            PlayerMatched match, String playerId, Duration reaction, InstantSource clock, OnJoined onJoined)
            throws PlayException, InterruptedException {
        String token = match.joinToken();
        if (token == null) {
            throw new PlayException("PlayerMatched has no joinToken");
        }
        Instant last = clock.instant().plus(TO_JOIN);
        while (true) {
            try (GameChannel channel = GameChannel.open(match.server())) {
                Race race = new Race(channel, playerId, reaction, clock);
                race.join(match.matchId(), token);
                if (onJoined.resigns()) {
                    channel.send(new Resign());
                }
                return race.drive();
            } catch (NotLetInException e) {
                if (clock.instant().isAfter(last)) {
                    throw e;
                }
                pause();
            } catch (IOException e) {
                throw new PlayException("the connection to the game server broke: " + e.getMessage(), e);
            }
        }
    }

    private static void pause() throws InterruptedException {
        LockSupport.parkNanos(BEFORE_THE_NEXT_TRY.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void join(String matchId, String token) throws PlayException, InterruptedException {
        channel.send(new Join(token));
        switch (next(SILENCE)) {
            case Joined seat
            when seat.matchId().equals(matchId) && seat.playerId().equals(playerId) -> {
                joined = true;
                state = "joined, the race has not begun";
            }
            case Joined seat ->
                throw new PlayException("joined as player " + seat.playerId() + " in match " + seat.matchId()
                        + ", which is somebody else's seat");
            case Rejected(String code, String reason) ->
                throw new PlayException("the game server rejected the player: " + code + ": " + reason);
            case FromServer other ->
                throw new PlayException(
                        "the game server's first line was " + other.getClass().getSimpleName());
            case null -> throw silent();
        }
    }

    private MatchResult drive() throws PlayException, InterruptedException {
        while (true) {
            Duration untilOff = hands == null ? null : hands.untilOff(clock.instant());
            FromServer line = next(untilOff == null ? silence : untilOff);
            switch (line) {
                case Grid grid -> hands = new Hands(new Driver(grid, playerId), reaction);
                case Countdown lights -> see(lights);
                case Snapshot snapshot -> see(snapshot);
                case Result(MatchResult result) -> {
                    return result;
                }
                case Dropped(String code, String reason) ->
                    throw new PlayException("the game server dropped the player: " + code + ": " + reason);
                case Rejected(String code, String reason) ->
                    throw new PlayException("the game server rejected the player: " + code + ": " + reason);
                case Joined _ -> {}
                case null -> {
                    if (untilOff == null) {
                        throw silent();
                    }
                    send(hands == null ? null : hands.off(clock.instant()));
                }
            }
        }
    }

    private void see(Countdown lights) {
        silence = SILENCE_IN_RACE;
        state = lights.green() ? "green" : "at the lights";
        if (hands != null) {
            hands.see(lights, clock.instant());
        }
    }

    private void see(Snapshot snapshot) {
        for (var racer : snapshot.racers()) {
            if (racer.playerId().equals(playerId)) {
                state = snapshot.phase() + ", " + racer.status() + " at " + Math.round(racer.metres()) + " m";
            }
        }
        send(hands == null ? null : hands.see(snapshot, clock.instant()));
    }

    private void send(@Nullable Input input) {
        if (input != null) {
            channel.send(input);
        }
    }

    private @Nullable FromServer next(Duration within) throws PlayException, InterruptedException {
        Item item = channel.next(within);
        return switch (item) {
            case Said(FromServer line) -> line;
            case Gone(String why) -> {
                String sentence = "the game server's connection was " + why + " before Result (" + state + ")";
                throw joined ? new PlayException(sentence) : new NotLetInException(sentence);
            }
            case null -> null;
        };
    }

    private PlayException silent() {
        return new PlayException("the game server said nothing for " + silence.toSeconds() + " s (" + state + ")");
    }
}

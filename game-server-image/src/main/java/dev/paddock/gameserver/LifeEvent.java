package dev.paddock.gameserver;

import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.match.SeatPlayers;
import dev.paddock.protocol.server.Assignment;
import java.util.List;

/** What can happen to a game server, as {@link ServerLife} sees it. */
sealed interface LifeEvent {
    /** A director asks it to take this match; the answer is a {@link Step.Reply}. */
    record Assign(Assignment assignment) implements LifeEvent {}

    /** A director passes on who plays now; the answer is a {@link Step.Reply}. */
    record Seat(SeatPlayers players) implements LifeEvent {}

    /** The game has so many seats open, by team. */
    record Open(List<Integer> seats) implements LifeEvent {
        public Open {
            seats = List.copyOf(seats);
        }
    }

    /** A player left for good. */
    record Left(String playerId) implements LifeEvent {}

    /** A director answered what was said of the seats with that number. */
    record SeatsHeard(int number) implements LifeEvent {}

    /** A director's request that cannot be read, or makes no sense; the answer is a {@link Step.Reply}. */
    record BadRequest() implements LifeEvent {}

    /** A director wants it gone; the answer is a {@link Step.Reply}. */
    record Retire(String why) implements LifeEvent {}

    /** The operating system wants it gone (SIGTERM). */
    record Terminated() implements LifeEvent {}

    /** The game has loaded the match. */
    record Loaded() implements LifeEvent {}

    /** The game could not load the match, or broke while playing it. */
    record Broken() implements LifeEvent {}

    /** So many players are connected now. */
    record Players(int connected) implements LifeEvent {}

    /** The game ended the match. */
    record GameEnded(MatchResult result) implements LifeEvent {}

    /** A director answered what was said. */
    record Heard(Said said) implements LifeEvent {}

    /** NATS can be reached, for the first time or again. */
    record LinkUp() implements LifeEvent {}

    /** NATS refuses this server for good. */
    record LinkRefused() implements LifeEvent {}

    /** Time passed. */
    record Tick() implements LifeEvent {}
}

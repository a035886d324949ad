package dev.paddock.gameserver;

import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.match.MatchResult.Outcome;
import dev.paddock.protocol.match.SeatPlayers;
import dev.paddock.protocol.server.Assignment;
import dev.paddock.protocol.server.ServerEvent;
import dev.paddock.protocol.server.ServerReply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The life of a game server, decided without doing anything: an event and the time in, the next life and the steps to
 * take out.
 *
 * <pre>
 * Standby ──assign──▶ Loading ──loaded──▶ Running ──game ended, nobody joined, all left, too long──▶ Over ──heard──▶ Gone
 *    └──retire, SIGTERM──────────────────────────────────────────────────────────────────────────────────────────────▶ Gone
 * </pre>
 *
 * It is the truth about which match this server serves: one in its life. Directors may race for it; the first is taken,
 * the same match again is accepted again, another one is refused.
 */
record ServerLife(Self self, Timing timing, State state, Instant nextHeartbeat) {

    /** What this server says of itself in every event. */
    record Self(String serverId, String mode, Map<String, Integer> ports, String publicKeySha256) {
        Self {
            ports = Map.copyOf(ports);
        }
    }

    /** Something that is repeated until it is heard. */
    record Repeated(boolean heard, Instant next) {
        boolean due(Instant now) {
            return !heard && !now.isBefore(next);
        }

        Repeated dueAt(Instant when) {
            return new Repeated(heard, when);
        }
    }

    /** Where in its life the server is. */
    sealed interface State {
        /** Bound, without a match. */
        record Standby(Repeated ready) implements State {}

        /** The game loads the match. */
        record Loading(Assignment assignment, Seats seats) implements State {
            Loading(Assignment assignment) {
                this(assignment, Seats.of(assignment.players()));
            }
        }

        /**
         * The match can be played.
         *
         * @param joined whether anybody ever was there
         * @param emptySince when the last player left; null while somebody is there
         * @param seats who has one, and which are free
         */
        record Running(
                Assignment assignment,
                Repeated ready,
                Instant since,
                boolean joined,
                int players,
                @Nullable Instant emptySince,
                Seats seats)
                implements State {
            Running with(Repeated said) {
                return new Running(assignment, said, since, joined, players, emptySince, seats);
            }

            Running with(Seats now) {
                Assignment with = new Assignment(
                        assignment.matchId(),
                        assignment.mode(),
                        now.players(),
                        assignment.limits(),
                        assignment.joinKeys());
                return new Running(with, ready, since, joined, players, emptySince, now);
            }
        }

        /** The match is over, and not yet heard of. */
        record Over(Assignment assignment, MatchResult result, Repeated ended, Instant since) implements State {}

        /** Nothing is left to do. */
        record Gone() implements State {}
    }

    /** A life and what to do now. */
    record Next(ServerLife life, List<Step> steps) {
        Next {
            steps = List.copyOf(steps);
        }
    }

    /** The ports are bound: the first breath, with the match of a cold start if there is one. */
    static Next begin(Self self, Timing timing, @Nullable Assignment cold, Instant now) {
        Repeated first = new Repeated(false, now);
        ServerLife life = new ServerLife(self, timing, new State.Standby(first), now);
        if (cold != null) {
            return new Next(life.in(new State.Loading(cold)), List.of(new Step.Load(cold)));
        }
        return life.on(new LifeEvent.Tick(), now);
    }

    /** What the event makes of this life. */
    Next on(LifeEvent event, Instant now) {
        return switch (event) {
            case LifeEvent.Assign assign -> assign(assign.assignment());
            case LifeEvent.Seat seat -> seat(seat.players(), now);
            case LifeEvent.Open open -> change(seats -> seats.open(open.seats(), now), now);
            case LifeEvent.Left left -> left(left.playerId(), now);
            case LifeEvent.SeatsHeard heard -> change(seats -> seats.heard(heard.number(), now), now);
            case LifeEvent.BadRequest _ -> refuse("bad-request");
            case LifeEvent.Retire _ -> retire(List.of(new Step.Reply(new ServerReply.Accepted(self.serverId))));
            case LifeEvent.Terminated _ -> retire(List.of());
            case LifeEvent.Loaded _ -> loaded(now);
            case LifeEvent.Broken _ -> over(new MatchResult(Outcome.STOPPED, List.of()), now);
            case LifeEvent.Players players -> players(players.connected(), now);
            case LifeEvent.GameEnded ended -> over(ended.result(), now);
            case LifeEvent.Heard heard -> heard(heard.said());
            case LifeEvent.LinkUp _ -> linkUp(now);
            case LifeEvent.LinkRefused _ -> linkRefused();
            case LifeEvent.Tick _ -> tick(now);
        };
    }

    /** The match of this life, if it has one yet. */
    @Nullable
    Assignment assignment() {
        return switch (state) {
            case State.Standby _, State.Gone _ -> null;
            case State.Loading loading -> loading.assignment;
            case State.Running running -> running.assignment;
            case State.Over over -> over.assignment;
        };
    }

    private Next assign(Assignment wanted) {
        Assignment mine = assignment();
        if (mine != null) {
            // A director that lost our answer asks again: the same answer, whatever became of the match since.
            return mine.matchId().equals(wanted.matchId()) ? accept() : refuse("has-another-match");
        }
        if (state instanceof State.Gone) {
            return refuse("retiring");
        }
        if (!self.mode.equals(wanted.mode())) {
            return refuse("bad-request");
        }
        List<Step> steps = List.of(new Step.Reply(new ServerReply.Accepted(self.serverId)), new Step.Load(wanted));
        return new Next(in(new State.Loading(wanted)), steps);
    }

    private Next seat(SeatPlayers wanted, Instant now) {
        Assignment mine = assignment();
        if (mine == null || !mine.matchId().equals(wanted.matchId())) {
            return refuse("has-another-match");
        }
        if (!(state instanceof State.Running running)) {
            return refuse("match-over");
        }
        Seats.Answer answer = running.seats.seat(wanted, now);
        List<Step> steps = new ArrayList<>();
        State.Running next = running.with(answer.seats());
        if (!answer.came().isEmpty() || !answer.withdrawn().isEmpty()) {
            // Before the answer: who hears it may come at once.
            steps.add(new Step.Change(next.assignment, answer.came(), answer.withdrawn()));
        }
        String why = answer.refused();
        steps.add(new Step.Reply(
                why == null ? new ServerReply.Accepted(self.serverId) : new ServerReply.Refused(self.serverId, why)));
        Next said = in(next).tick(now);
        steps.addAll(said.steps);
        return new Next(said.life, steps);
    }

    private Next left(String playerId, Instant now) {
        if (!(state instanceof State.Running running)) {
            return stay();
        }
        State.Running next = running.with(running.seats.gone(playerId, now));
        Next said = in(next).tick(now);
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Change(next.assignment, List.of(), List.of()));
        steps.addAll(said.steps);
        return new Next(said.life, steps);
    }

    private Next change(UnaryOperator<Seats> change, Instant now) {
        return switch (state) {
            // A game opens its seats as it starts.
            case State.Loading loading ->
                in(new State.Loading(loading.assignment, change.apply(loading.seats)))
                        .stay();
            case State.Running running ->
                in(running.with(change.apply(running.seats))).tick(now);
            case State.Standby _, State.Over _, State.Gone _ -> stay();
        };
    }

    private Next retire(List<Step> reply) {
        List<Step> steps = new ArrayList<>(reply);
        if (state instanceof State.Standby) {
            steps.add(new Step.Exit(0, "retired without a match"));
            return new Next(in(new State.Gone()), steps);
        }
        // A match goes on to its end; its own limits bound that.
        return new Next(this, steps);
    }

    private Next loaded(Instant now) {
        if (!(state instanceof State.Loading loading)) {
            return stay();
        }
        Repeated ready = new Repeated(false, now);
        return in(new State.Running(loading.assignment, ready, now, false, 0, null, loading.seats))
                .tick(now);
    }

    private Next players(int connected, Instant now) {
        if (!(state instanceof State.Running running)) {
            return stay();
        }
        Instant emptySince = connected == 0 ? now : null;
        boolean joined = running.joined || connected > 0;
        return in(new State.Running(
                        running.assignment, running.ready, running.since, joined, connected, emptySince, running.seats))
                .stay();
    }

    private Next over(MatchResult result, Instant now) {
        Assignment mine = assignment();
        if (mine == null || state instanceof State.Over) {
            return stay();
        }
        Next said =
                in(new State.Over(mine, result, new Repeated(false, now), now)).tick(now);
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Close(result));
        steps.addAll(said.steps);
        return new Next(said.life, steps);
    }

    private Next heard(Said said) {
        return switch (state) {
            case State.Standby standby
            when said == Said.STANDBY ->
                in(new State.Standby(new Repeated(true, standby.ready.next))).stay();
            case State.Running running
            when said == Said.READY ->
                in(running.with(new Repeated(true, running.ready.next))).stay();
            case State.Over _ when said == Said.ENDED -> exit(0, "the result was heard");
            // An answer that came late, to what does not matter any more.
            case State.Standby _, State.Loading _, State.Running _, State.Over _, State.Gone _ -> stay();
        };
    }

    /** What was said before may have gone nowhere: what is not heard yet is said now, and that we live. */
    private Next linkUp(Instant now) {
        State due = switch (state) {
            case State.Standby(Repeated ready) -> new State.Standby(ready.dueAt(now));
            case State.Running running -> running.with(running.ready.dueAt(now)).with(running.seats.dueAt(now));
            case State.Over over -> new State.Over(over.assignment, over.result, over.ended.dueAt(now), over.since);
            case State.Loading _, State.Gone _ -> state;
        };
        return new ServerLife(self, timing, due, now).tick(now);
    }

    private Next linkRefused() {
        // A match that runs goes on: its players need no NATS.
        return state instanceof State.Standby ? exit(1, "NATS refuses this server") : stay();
    }

    private Next tick(Instant now) {
        MatchResult late = lateResult(now);
        if (late != null) {
            return over(late, now);
        }
        if (state instanceof State.Over over && !now.isBefore(over.since.plus(timing.heardWithin()))) {
            return exit(0, "nobody heard the result within " + timing.heardWithin());
        }
        List<Step> steps = new ArrayList<>();
        ServerLife life = this;
        if (!(state instanceof State.Gone) && !now.isBefore(nextHeartbeat)) {
            steps.add(new Step.Beat(heartbeat(now)));
            life = new ServerLife(self, timing, state, now.plus(timing.heartbeatEvery()));
        }
        return life.sayAgain(steps, now);
    }

    private Next sayAgain(List<Step> steps, Instant now) {
        Repeated again = new Repeated(false, now.plus(timing.repeatEvery()));
        return switch (state) {
            case State.Standby standby
            when standby.ready.due(now) -> {
                steps.addFirst(new Step.Say(Said.STANDBY, ready(null, now)));
                yield new Next(in(new State.Standby(again)), steps);
            }
            case State.Running running
            when running.ready.due(now) -> {
                steps.addFirst(new Step.Say(Said.READY, ready(running.assignment.matchId(), now)));
                yield new Next(in(running.with(again)), steps);
            }
            // Not before a manager knows the match: it could not offer what is free.
            case State.Running running
            when running.ready.heard && running.seats.due(now) -> {
                steps.addFirst(new Step.Say(Said.SEATS, seats(running, now)));
                yield new Next(in(running.with(running.seats.dueAt(again.next))), steps);
            }
            case State.Over over
            when over.ended.due(now) -> {
                steps.addFirst(new Step.Say(Said.ENDED, ended(over)));
                yield new Next(in(new State.Over(over.assignment, over.result, again, over.since)), steps);
            }
            case State.Standby _, State.Loading _, State.Running _, State.Over _, State.Gone _ -> new Next(this, steps);
        };
    }

    /** The result that a deadline forces on the match now, if one has passed. */
    private @Nullable MatchResult lateResult(Instant now) {
        if (!(state instanceof State.Running running)) {
            return null;
        }
        Instant since = running.since;
        if (!now.isBefore(since.plus(running.assignment.limits().longest()))) {
            return new MatchResult(Outcome.STOPPED, List.of());
        }
        if (!running.joined
                && !now.isBefore(since.plus(running.assignment.limits().joinWithin()))) {
            return new MatchResult(Outcome.ABANDONED, List.of());
        }
        Instant empty = running.emptySince;
        if (running.joined && empty != null && !now.isBefore(empty.plus(timing.emptyFor()))) {
            return new MatchResult(Outcome.ABANDONED, List.of());
        }
        return null;
    }

    private ServerEvent.Seats seats(State.Running running, Instant now) {
        Seats seats = running.seats;
        return new ServerEvent.Seats(
                self.serverId,
                self.mode,
                running.assignment.matchId(),
                seats.number(),
                seats.roster(),
                seats.free(),
                seats.playerIds(),
                now);
    }

    private ServerEvent.Ready ready(@Nullable String matchId, Instant now) {
        return new ServerEvent.Ready(self.serverId, self.mode, matchId, self.ports, self.publicKeySha256, now);
    }

    private ServerEvent.Heartbeat heartbeat(Instant now) {
        Assignment mine = assignment();
        String matchId = mine == null ? null : mine.matchId();
        int players = state instanceof State.Running running ? running.players : 0;
        boolean loaded = state instanceof State.Running || state instanceof State.Over;
        return new ServerEvent.Heartbeat(
                self.serverId, self.mode, matchId, loaded, self.ports, self.publicKeySha256, players, now);
    }

    private ServerEvent.Ended ended(State.Over over) {
        return new ServerEvent.Ended(self.serverId, self.mode, over.assignment.matchId(), over.result, over.since);
    }

    private Next accept() {
        return new Next(this, List.of(new Step.Reply(new ServerReply.Accepted(self.serverId))));
    }

    private Next refuse(String why) {
        return new Next(this, List.of(new Step.Reply(new ServerReply.Refused(self.serverId, why))));
    }

    private Next exit(int code, String why) {
        return new Next(in(new State.Gone()), List.of(new Step.Exit(code, why)));
    }

    private Next stay() {
        return new Next(this, List.of());
    }

    private ServerLife in(State next) {
        return new ServerLife(self, timing, next, nextHeartbeat);
    }
}

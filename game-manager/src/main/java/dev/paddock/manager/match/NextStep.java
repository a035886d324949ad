package dev.paddock.manager.match;

import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.StartReply;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides what to do with a match, from where it stands and what has just been seen. Pure; {@link MatchSteps} does it.
 *
 * <pre>
 *            time passed  no answer    Starting  Assigned  Running  Over: ended  Over: failed, Gone  Refused
 * Forming    ask          wait         wait      wait      settle   end          another, else wait  wait
 * …too late  ask          another      wait      another   settle   end          another             another
 * Settled    check        wait | lose  wait      wait      wait     end          lose                wait
 * Asking     remind       wait         wait      wait      wait     wait         wait                wait
 * …too late  lapse        lapse        lapse     lapse     lapse    lapse        lapse               lapse
 * Untold     tell         tell         tell      tell      tell     tell         tell                tell
 * Over       rest         rest         rest      rest      rest     rest         rest                rest
 * </pre>
 *
 * <p>"Another" is "give up" once the mode's tries are used up. A match is given up only when it is too late, never at once
 * after a refusal or a failure: tickets that go back are matched again in the same millisecond, and a director without
 * room would be asked as fast as the machines can. Nor is one given up, or another server asked for, while its server is
 * being started: where many start at once none is ready in time, and each that is given up has cost what the others lack.
 */
@Singleton
final class NextStep {
    private final MatchSettings settings;

    NextStep(MatchSettings settings) {
        this.settings = settings;
    }

    Step after(Phase phase, Seen seen, Instant now) {
        return switch (phase) {
            case Phase.Forming forming -> whileForming(forming, seen, now);
            case Phase.Settled settled -> onceSettled(settled, seen, now);
            case Phase.Asking(Instant acceptBy) -> whileAsking(acceptBy, seen, now);
            case Phase.Untold(String dissolved) -> new Step.TellDissolved(dissolved);
            case Phase.Over() -> new Step.Rest();
        };
    }

    private static Step whileAsking(Instant acceptBy, Seen seen, Instant now) {
        if (!now.isBefore(acceptBy)) {
            return new Step.Lapse();
        }
        Duration left = Duration.between(now, acceptBy);
        return seen instanceof Seen.TimePassed ? new Step.Remind(left) : new Step.Wait(left);
    }

    private Step whileForming(Phase.Forming forming, Seen seen, Instant now) {
        return switch (seen) {
            case Seen.TimePassed() -> new Step.Ask(forming.attempt());
            case Seen.NoAnswer() -> waitOrAnother(forming, "the director does not answer", now);
            case Seen.Failed(MatchEvent.Failed event) ->
                isOfAnother(event.serverId(), forming.assignedTo())
                        ? new Step.Wait(settings.askAgainEvery())
                        : anotherOrWait(forming, event.why(), now);
            case Seen.Answered(StartReply reply) -> whileForming(forming, reply, now);
        };
    }

    private Step whileForming(Phase.Forming forming, StartReply reply, Instant now) {
        return switch (reply) {
            case StartReply.Starting starting -> new Step.Wait(settings.askAgainEvery());
            case StartReply.Assigned assigned -> waitOrAnother(forming, "not ready in time", now);
            case StartReply.Running(MatchEvent.Ready ready) -> new Step.Settle(ready);
            case StartReply.Over(MatchEvent.Ended ended) -> new Step.End(ended);
            case StartReply.Over(MatchEvent.Ready ready) -> new Step.Settle(ready);
            // No end of a match: a director never answers that.
            case StartReply.Over(MatchEvent.Seats seats) -> waitOrAnother(forming, "not ready in time", now);
            case StartReply.Over(MatchEvent.Failed failed) -> anotherOrWait(forming, failed.why(), now);
            case StartReply.Gone gone -> anotherOrWait(forming, "the server is gone", now);
            case StartReply.Refused refused -> waitOrAnother(forming, refused.code() + ": " + refused.why(), now);
        };
    }

    private Step onceSettled(Phase.Settled settled, Seen seen, Instant now) {
        return switch (seen) {
            case Seen.TimePassed() -> new Step.CheckOn(settled.serverId());
            case Seen.NoAnswer() -> waitOrLose(settled, now);
            case Seen.Failed(MatchEvent.Failed event) ->
                isOfAnother(event.serverId(), settled.serverId())
                        ? new Step.Wait(settings.checkEvery())
                        : new Step.Lose(settled.serverId(), event.why());
            case Seen.Answered(StartReply reply) -> onceSettled(settled, reply);
        };
    }

    private Step onceSettled(Phase.Settled settled, StartReply reply) {
        return switch (reply) {
            case StartReply.Starting starting -> new Step.Wait(settings.checkEvery());
            case StartReply.Assigned assigned -> new Step.Wait(settings.checkEvery());
            case StartReply.Running running -> new Step.Wait(settings.checkEvery());
            case StartReply.Over(MatchEvent.Ended ended) -> new Step.End(ended);
            case StartReply.Over(MatchEvent.Ready ready) -> new Step.Wait(settings.checkEvery());
            case StartReply.Over(MatchEvent.Seats seats) -> new Step.Wait(settings.checkEvery());
            case StartReply.Over(MatchEvent.Failed failed) -> new Step.Lose(settled.serverId(), failed.why());
            case StartReply.Gone gone -> new Step.Lose(settled.serverId(), "the server is gone");
            case StartReply.Refused refused -> new Step.Wait(settings.checkEvery());
        };
    }

    private Step waitOrAnother(Phase.Forming forming, String why, Instant now) {
        return forming.isLate(now) ? another(forming, why) : new Step.Wait(settings.askAgainEvery());
    }

    private Step anotherOrWait(Phase.Forming forming, String why, Instant now) {
        boolean last = forming.attempt() >= forming.tries();
        return last && !forming.isLate(now) ? new Step.Wait(settings.askAgainEvery()) : another(forming, why);
    }

    private Step another(Phase.Forming forming, String why) {
        return forming.attempt() < forming.tries()
                ? new Step.AskForAnother(forming.attempt() + 1)
                : new Step.GiveUp(why);
    }

    /** A director that is silent may come back with the result, so this waits longer than any match takes. */
    private Step waitOrLose(Phase.Settled settled, Instant now) {
        Duration most = settled.longest().plus(settings.graceAfterLongest());
        return now.isBefore(settled.settledAt().plus(most))
                ? new Step.Wait(settings.checkEvery())
                : new Step.Lose(settled.serverId(), "no director knows what became of the server");
    }

    /** Whether this server is surely not the one that the match waits for, or runs on. */
    private static boolean isOfAnother(@Nullable String said, @Nullable String ours) {
        return said != null && ours != null && !said.equals(ours);
    }
}

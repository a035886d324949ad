package dev.paddock.manager.match;

import dev.paddock.manager.matchmaking.FormedMatch;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.StartReply;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what {@link NextStep} decides. */
@Singleton
final class MatchSteps {
    private static final Logger LOG = LoggerFactory.getLogger(MatchSteps.class);

    private final NextStep next;
    private final InstantSource time;
    private final MatchScripts scripts;
    private final Requests requests;
    private final Settling settling;
    private final Endings endings;

    MatchSteps(
            NextStep next,
            InstantSource time,
            MatchScripts scripts,
            Requests requests,
            Settling settling,
            Endings endings) {
        this.next = next;
        this.time = time;
        this.scripts = scripts;
        this.requests = requests;
        this.settling = settling;
        this.endings = endings;
    }

    /** The first step of every match: nothing is read before the director is asked. */
    void begin(FormedMatch match) {
        switch (requests.begin(match)) {
            // What nearly always happens: the server will say "ready" by itself.
            case Seen.Answered(StartReply.Assigned assigned) -> {}
            case Seen.Answered(StartReply.Starting starting) -> {}
            case Seen.Answered(StartReply.Running(MatchEvent.Ready ready)) -> settling.settle(ready);
            case Seen seen -> proceed(match.mode(), match.matchId(), seen);
        }
    }

    /** Tells the players of a match that is settled already: whoever settled it may have died before. */
    void tell(StoredMatch match, String entry) {
        MatchEvent.Ready ready = match.ready();
        if (ready != null) {
            settling.push(match.formed(), ready, entry, match.matchedAt());
        }
    }

    /** Looks where a match stands, and goes on from there. */
    void proceed(String mode, String matchId, Seen seen) {
        proceed(mode, matchId, scripts.find(mode, matchId), seen);
    }

    /** The same, by what was read a moment ago. */
    void proceed(String mode, String matchId, Optional<StoredMatch> match, Seen seen) {
        if (match.isPresent()) {
            proceed(match.get(), seen);
        } else {
            scripts.waitFor(mode, matchId, Duration.ZERO);
        }
    }

    /** Every round asks for another server or ends, and there are few servers to ask for. */
    private void proceed(StoredMatch match, Seen seen) {
        switch (next.after(match.phase(requests.limits(match.mode())), seen, time.instant())) {
            case Step.Ask(int attempt) -> proceed(match, requests.ask(match.formed(), attempt));
            case Step.AskForAnother(int attempt) -> askForAnother(match, attempt);
            case Step.CheckOn(String serverId) -> proceed(match, requests.check(match, serverId));
            case Step.Settle(MatchEvent.Ready ready) -> settling.settle(ready);
            case Step.End(MatchEvent.Ended ended) -> endings.end(ended);
            case Step.GiveUp(String why) -> endings.giveUp(match, why);
            case Step.Lapse() -> endings.lapse(match);
            case Step.Remind(Duration left) -> endings.remind(match, left);
            case Step.TellDissolved(String dissolved) -> endings.tell(match, dissolved);
            case Step.Lose(String serverId, String why) -> endings.lose(match, serverId, why);
            case Step.Wait(Duration delay) -> scripts.waitFor(match.mode(), match.matchId(), delay);
            case Step.Rest() -> scripts.waitFor(match.mode(), match.matchId(), Duration.ZERO);
        }
    }

    private void askForAnother(StoredMatch match, int attempt) {
        if (scripts.nextAttempt(match, attempt)) {
            LOG.warn(
                    "another server is asked for matchId={} mode={} attempt={}",
                    match.matchId(),
                    match.mode(),
                    attempt);
            proceed(match.mode(), match.matchId(), requests.ask(match.formed(), attempt));
        }
    }
}

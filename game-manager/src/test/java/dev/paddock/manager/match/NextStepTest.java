package dev.paddock.manager.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.protocol.match.Endpoint;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.match.StartReply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table in {@link NextStep}, line by line. */
class NextStepTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final MatchSettings SETTINGS = new MatchSettings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofMillis(250),
            Duration.ofMinutes(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            256);
    private static final Step SOON = new Step.Wait(Duration.ofSeconds(1));
    private static final Step LATER = new Step.Wait(Duration.ofSeconds(10));

    private static final Phase FORMING = forming(1, NOW.minusSeconds(9));
    private static final Phase LATE = forming(1, NOW.minusSeconds(10));
    private static final Phase LATE_AND_LAST = forming(3, NOW.minusSeconds(10));
    private static final Phase LAST = forming(3, NOW.minusSeconds(1));
    private static final Phase SETTLED = new Phase.Settled("s1", NOW.minusSeconds(60), Duration.ofMinutes(5));
    private static final Phase SETTLED_LONG_AGO =
            new Phase.Settled("s1", NOW.minus(Duration.ofMinutes(7)), Duration.ofMinutes(5));
    private static final Phase OVER = new Phase.Over();
    private static final Phase ASKING = new Phase.Asking(NOW.plusSeconds(7));
    private static final Phase ASKED_IN_VAIN = new Phase.Asking(NOW);
    private static final Phase UNTOLD = new Phase.Untold("Wt1 Ct2");
    private static final Step TELL = new Step.TellDissolved("Wt1 Ct2");

    private static final Seen TIME = new Seen.TimePassed();
    private static final Seen SILENCE = new Seen.NoAnswer();
    private static final Seen ASSIGNED = new Seen.Answered(new StartReply.Assigned("s1", true, NOW));
    private static final Seen STARTING = new Seen.Answered(new StartReply.Starting("s1", NOW));
    private static final MatchEvent.Ready READY =
            new MatchEvent.Ready("m", "mode", "s1", new Endpoint("host", Map.of("tcp", 1), "key", "hash"), Map.of());
    private static final Seen RUNNING = new Seen.Answered(new StartReply.Running(READY));
    private static final MatchEvent.Ended ENDED =
            new MatchEvent.Ended("m", "mode", "s1", new MatchResult(MatchResult.Outcome.ABANDONED, List.of()), NOW);
    private static final Seen OVER_ENDED = new Seen.Answered(new StartReply.Over(ENDED));
    private static final Seen OVER_FAILED = new Seen.Answered(new StartReply.Over(failed("s1")));
    private static final Seen GONE = new Seen.Answered(new StartReply.Gone("s1"));
    private static final Seen REFUSED =
            new Seen.Answered(new StartReply.Refused("no-capacity", "all places are taken", null));

    static Stream<Arguments> table() {
        return Stream.of(
                row("a match without a server is asked for again", FORMING, TIME, new Step.Ask(1)),
                row("too late: its server may still be starting, so it is asked for", LATE, TIME, new Step.Ask(1)),
                row("too late with the last try: asked for once more", LATE_AND_LAST, TIME, new Step.Ask(3)),
                row("its server is being started", FORMING, STARTING, SOON),
                row("its server is still being started", LATE, STARTING, SOON),
                row("its last server is still being started", LATE_AND_LAST, STARTING, SOON),
                row("silence is waited out", FORMING, SILENCE, SOON),
                row("silence until too late", LATE, SILENCE, new Step.AskForAnother(2)),
                row("silence to the end", LATE_AND_LAST, SILENCE, new Step.GiveUp("the director does not answer")),
                row("assigned: the server will say ready", FORMING, ASSIGNED, SOON),
                row("assigned, but never ready", LATE, ASSIGNED, new Step.AskForAnother(2)),
                row("assigned to the end", LATE_AND_LAST, ASSIGNED, new Step.GiveUp("not ready in time")),
                row("ready, though the event was lost", FORMING, RUNNING, new Step.Settle(READY)),
                row("ready in the last moment", LATE_AND_LAST, RUNNING, new Step.Settle(READY)),
                row("ended before it was ever settled", FORMING, OVER_ENDED, new Step.End(ENDED)),
                row("failed: another server at once", FORMING, OVER_FAILED, new Step.AskForAnother(2)),
                row("failed with the last try: not given up before its time", LAST, OVER_FAILED, SOON),
                row("failed with the last try", LATE_AND_LAST, OVER_FAILED, new Step.GiveUp("it died")),
                row("gone: another server at once", FORMING, GONE, new Step.AskForAnother(2)),
                row("a refusal is waited out", FORMING, REFUSED, SOON),
                row("refused until too late", LATE, REFUSED, new Step.AskForAnother(2)),
                row("refused to the end", LATE_AND_LAST, REFUSED, new Step.GiveUp("no-capacity: all places are taken")),
                row("our server failed", FORMING, new Seen.Failed(failed("s1")), new Step.AskForAnother(2)),
                row("some server failed", FORMING, new Seen.Failed(failed(null)), new Step.AskForAnother(2)),
                row("a server given up before failed", FORMING, new Seen.Failed(failed("s0")), SOON),
                row("our last server failed: not given up before its time", LAST, new Seen.Failed(failed("s1")), SOON),
                row("our last server failed", LATE_AND_LAST, new Seen.Failed(failed("s1")), new Step.GiveUp("it died")),
                row("a silent server is asked about", SETTLED, TIME, new Step.CheckOn("s1")),
                row("no answer about it", SETTLED, SILENCE, LATER),
                row(
                        "no answer long after its end",
                        SETTLED_LONG_AGO,
                        SILENCE,
                        new Step.Lose("s1", "no director knows what became of the server")),
                row("it only just started", SETTLED, ASSIGNED, LATER),
                row("its director has just begun to hear it", SETTLED, STARTING, LATER),
                row("it runs", SETTLED, RUNNING, LATER),
                row("it runs longer than it may", SETTLED_LONG_AGO, RUNNING, LATER),
                row("it ended, though the event was lost", SETTLED, OVER_ENDED, new Step.End(ENDED)),
                row("it failed, though the event was lost", SETTLED, OVER_FAILED, new Step.Lose("s1", "it died")),
                row("it is gone", SETTLED, GONE, new Step.Lose("s1", "the server is gone")),
                row("the director does not know", SETTLED, REFUSED, LATER),
                row("it failed", SETTLED, new Seen.Failed(failed("s1")), new Step.Lose("s1", "it died")),
                row("another one failed", SETTLED, new Seen.Failed(failed("s2")), LATER),
                row("the players are asked, and told so again", ASKING, TIME, new Step.Remind(Duration.ofSeconds(7))),
                row("no server before all accept", ASKING, RUNNING, new Step.Wait(Duration.ofSeconds(7))),
                row("not all accepted in time", ASKED_IN_VAIN, TIME, new Step.Lapse()),
                row("not all accepted, whatever else", ASKED_IN_VAIN, RUNNING, new Step.Lapse()),
                row("the end of the asking is told", UNTOLD, TIME, TELL),
                row("the end of the asking is told, whatever else", UNTOLD, SILENCE, TELL),
                row("over is over", OVER, TIME, new Step.Rest()),
                row("over, whatever was answered", OVER, RUNNING, new Step.Rest()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void whatComesNext(String name, Phase phase, Seen seen, Step step) {
        assertThat(new NextStep(SETTINGS).after(phase, seen, NOW)).as(name).isEqualTo(step);
    }

    private static Arguments row(String name, Phase phase, Seen seen, Step step) {
        return Arguments.of(name, phase, seen, step);
    }

    private static Phase forming(int attempt, Instant since) {
        return new Phase.Forming(attempt, 3, since, Duration.ofSeconds(10), "s1");
    }

    private static MatchEvent.Failed failed(@Nullable String serverId) {
        return new MatchEvent.Failed("m", "mode", serverId, "server-lost", "it died", NOW);
    }
}

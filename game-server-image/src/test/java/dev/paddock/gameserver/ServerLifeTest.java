package dev.paddock.gameserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.paddock.protocol.match.Loadout;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.match.MatchResult.Outcome;
import dev.paddock.protocol.match.SeatPlayers;
import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.server.Assignment;
import dev.paddock.protocol.server.ServerEvent;
import dev.paddock.protocol.server.ServerReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerLifeTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final ServerLife.Self SELF = new ServerLife.Self("s1", "drag-race", Map.of("tcp", 4000), "hash");
    private static final Assignment MATCH = assignment("m1", "drag-race");
    private static final MatchResult FINISHED = new MatchResult(Outcome.FINISHED, List.of());
    private static final ServerReply ACCEPTED = new ServerReply.Accepted("s1");
    private static final LifeEvent TICK = new LifeEvent.Tick();

    /** How a server got where it is, all in the same moment. */
    private static final List<LifeEvent> STANDBY = List.of();

    private static final List<LifeEvent> LOADING = List.of(new LifeEvent.Assign(MATCH));
    private static final List<LifeEvent> RUNNING = List.of(new LifeEvent.Assign(MATCH), new LifeEvent.Loaded());
    private static final List<LifeEvent> PLAYED =
            List.of(new LifeEvent.Assign(MATCH), new LifeEvent.Loaded(), new LifeEvent.Players(2));
    private static final List<LifeEvent> HEARD =
            List.of(new LifeEvent.Assign(MATCH), new LifeEvent.Loaded(), new LifeEvent.Heard(Said.READY));
    private static final List<LifeEvent> OPEN = List.of(
            new LifeEvent.Assign(MATCH),
            new LifeEvent.Loaded(),
            new LifeEvent.Heard(Said.READY),
            new LifeEvent.Open(List.of(2)));
    private static final List<LifeEvent> OPENED_EARLY = List.of(
            new LifeEvent.Assign(MATCH),
            new LifeEvent.Open(List.of(2)),
            new LifeEvent.Loaded(),
            new LifeEvent.Heard(Said.READY));
    private static final List<LifeEvent> OVER =
            List.of(new LifeEvent.Assign(MATCH), new LifeEvent.Loaded(), new LifeEvent.GameEnded(FINISHED));
    private static final List<LifeEvent> RETIRED = List.of(new LifeEvent.Retire("a test"));

    static Stream<Arguments> table() {
        LifeEvent other = new LifeEvent.Assign(assignment("m2", "drag-race"));
        LifeEvent same = new LifeEvent.Assign(MATCH);
        LifeEvent foreign = new LifeEvent.Assign(assignment("m3", "chess"));
        LifeEvent retire = new LifeEvent.Retire("a test");
        LifeEvent term = new LifeEvent.Terminated();
        LifeEvent refused = new LifeEvent.LinkRefused();
        LifeEvent broken = new LifeEvent.Broken();
        LifeEvent heardStandby = new LifeEvent.Heard(Said.STANDBY);
        LifeEvent heardEnded = new LifeEvent.Heard(Said.ENDED);
        LifeEvent open = new LifeEvent.Open(List.of(2));
        LifeEvent comes = new LifeEvent.Seat(new SeatPlayers("m1", "s1", 1, withOneMore()));
        return Stream.of(
                row("a standby takes a match", STANDBY, same, "Accepted Load"),
                row("a standby refuses a match of another mode", STANDBY, foreign, "Refused:bad-request"),
                row("what cannot be read is refused", STANDBY, new LifeEvent.BadRequest(), "Refused:bad-request"),
                row("a loading server refuses another match", LOADING, other, "Refused:has-another-match"),
                row("a loading server accepts the same match again", LOADING, same, "Accepted"),
                row("a running server refuses another match", RUNNING, other, "Refused:has-another-match"),
                row("a running server accepts the same match again", RUNNING, same, "Accepted"),
                row("after the match another one is refused", OVER, other, "Refused:has-another-match"),
                row("after the match the same one is accepted", OVER, same, "Accepted"),
                row("a retired server refuses a match", RETIRED, same, "Refused:retiring"),
                row("a retired server is retired again", RETIRED, retire, "Accepted"),
                row("a loaded match is said to be ready", LOADING, new LifeEvent.Loaded(), "Say:READY"),
                row("a game that cannot load ends the match", LOADING, broken, "Close:STOPPED Say:ENDED"),
                row("a game that breaks ends the match", PLAYED, broken, "Close:STOPPED Say:ENDED"),
                row(
                        "the game's result is told and said",
                        PLAYED,
                        new LifeEvent.GameEnded(FINISHED),
                        "Close:FINISHED Say:ENDED"),
                row("a match ends once", OVER, new LifeEvent.GameEnded(FINISHED), ""),
                row("a heard result ends the process", OVER, heardEnded, "Exit:0"),
                row("an answer to the standby's ready is no answer to the result", OVER, heardStandby, ""),
                row("seats are said once the match is known", HEARD, open, "Say:SEATS"),
                row(
                        "seats that a game opens as it starts are said too",
                        OPENED_EARLY,
                        new LifeEvent.Tick(),
                        "Say:SEATS"),
                row("who left for good is not let in again", OPEN, new LifeEvent.Left("ada"), "Change Say:SEATS"),
                row("seats are not said before the match is known", PLAYED, open, ""),
                row("who gets a free seat is let in before it is said", OPEN, comes, "Change Accepted Say:SEATS"),
                row("nobody comes where no seat is open", HEARD, comes, "Refused:no-free-seat"),
                row("nobody comes to a match that is over", OVER, comes, "Refused:match-over"),
                row("nobody comes to a standby", STANDBY, comes, "Refused:has-another-match"),
                row("retire without a match exits", STANDBY, retire, "Accepted Exit:0"),
                row("retire while loading waits for the match", LOADING, retire, "Accepted"),
                row("retire with a match waits for it", PLAYED, retire, "Accepted"),
                row("SIGTERM without a match exits", STANDBY, term, "Exit:0"),
                row("SIGTERM with a match waits for it", PLAYED, term, ""),
                row("SIGTERM waits for the result to be heard", OVER, term, ""),
                row("a standby that NATS refuses exits with 1", STANDBY, refused, "Exit:1"),
                row("a match goes on without NATS", PLAYED, refused, ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void anEventInAPlaceOfLifeLeadsToSteps(String name, List<LifeEvent> before, LifeEvent event, String steps) {
        assertThat(words(after(before).on(event, START).steps())).as(name).isEqualTo(steps);
    }

    @Test
    void aStandbySaysReadyAndABeatWithItsFirstBreath() {
        ServerLife.Next first = ServerLife.begin(SELF, Timing.CONTRACT, null, START);

        assertThat(first.steps())
                .containsExactly(
                        new Step.Say(
                                Said.STANDBY,
                                new ServerEvent.Ready("s1", "drag-race", null, SELF.ports(), "hash", START)),
                        new Step.Beat(new ServerEvent.Heartbeat(
                                "s1", "drag-race", null, false, SELF.ports(), "hash", 0, START)));
    }

    @Test
    void aColdStartLoadsItsMatchAndIsNeverAStandby() {
        ServerLife.Next first = ServerLife.begin(SELF, Timing.CONTRACT, MATCH, START);

        assertThat(words(first.steps())).isEqualTo("Load");
        assertThat(words(first.life().on(new LifeEvent.Loaded(), START).steps()))
                .isEqualTo("Say:READY Beat");
    }

    @Test
    void readyIsSaidEveryHalfSecondUntilHeard() {
        Clockwork server = new Clockwork(RUNNING);

        assertThat(server.stepsIn(Duration.ofSeconds(2)))
                .filteredOn("Say:READY"::equals)
                .hasSize(4);
        server.on(new LifeEvent.Heard(Said.READY));
        assertThat(server.stepsIn(Duration.ofSeconds(2))).doesNotContain("Say:READY");
    }

    @Test
    void whenNatsIsThereAgainWhatIsUnheardIsSaidAtOnce() {
        LifeEvent up = new LifeEvent.LinkUp();

        assertThat(words(after(STANDBY).on(up, START).steps())).isEqualTo("Say:STANDBY Beat");
        assertThat(words(after(RUNNING).on(up, START).steps())).isEqualTo("Say:READY Beat");
        assertThat(words(after(OVER).on(up, START).steps())).isEqualTo("Say:ENDED Beat");
        assertThat(words(after(RUNNING)
                        .on(new LifeEvent.Heard(Said.READY), START)
                        .life()
                        .on(up, START)
                        .steps()))
                .isEqualTo("Beat");
    }

    @Test
    void aHeardStandbyIsQuietButForItsHeartbeats() {
        Clockwork server = new Clockwork(STANDBY);
        server.on(new LifeEvent.Heard(Said.STANDBY));

        assertThat(server.stepsIn(Duration.ofSeconds(6))).containsOnly("Beat").hasSize(3);
    }

    @Test
    void aHeartbeatSaysHowManyPlayersAreConnected() {
        ServerLife life = after(PLAYED);

        List<Step> steps = life.on(TICK, START.plusSeconds(2)).steps();

        assertThat(steps)
                .contains(new Step.Beat(new ServerEvent.Heartbeat(
                        "s1", "drag-race", "m1", true, SELF.ports(), "hash", 2, START.plusSeconds(2))));
    }

    @Test
    void aHeartbeatWhileTheMatchIsLoadedSaysThatItIsNotYet() {
        assertThat(after(LOADING).on(TICK, START.plusSeconds(2)).steps())
                .contains(new Step.Beat(new ServerEvent.Heartbeat(
                        "s1", "drag-race", "m1", false, SELF.ports(), "hash", 0, START.plusSeconds(2))));
    }

    @Test
    void aResultThatNobodyHearsIsGivenUpAfterTheGrace() {
        Clockwork server = new Clockwork(OVER);

        assertThat(server.stepsIn(Timing.CONTRACT.heardWithin().minusSeconds(1)))
                .contains("Say:ENDED")
                .doesNotContain("Exit:0");
        assertThat(server.stepsIn(Duration.ofSeconds(2))).contains("Exit:0");
    }

    @Test
    void aResultKeepsTheMomentOfTheEndHoweverOftenItIsSaid() {
        ServerLife life = after(OVER);

        List<Step> steps = life.on(TICK, START.plusSeconds(9)).steps();

        assertThat(steps)
                .contains(new Step.Say(Said.ENDED, new ServerEvent.Ended("s1", "drag-race", "m1", FINISHED, START)));
    }

    @Test
    void aMatchThatNobodyJoinsIsAbandoned() {
        Clockwork server = new Clockwork(RUNNING);

        assertThat(server.stepsIn(Duration.ofSeconds(29))).doesNotContain("Close:ABANDONED");
        assertThat(server.stepsIn(Duration.ofSeconds(2))).contains("Close:ABANDONED", "Say:ENDED");
    }

    @Test
    void aMatchWhosePlayersAllLeftIsAbandonedAfterAWhile() {
        Clockwork server = new Clockwork(PLAYED);
        server.on(new LifeEvent.Players(1));
        server.on(new LifeEvent.Players(0));

        assertThat(server.stepsIn(Duration.ofSeconds(14))).doesNotContain("Close:ABANDONED");
        assertThat(server.stepsIn(Duration.ofSeconds(2))).contains("Close:ABANDONED");
    }

    @Test
    void aPlayerWhoComesBackKeepsTheMatchGoing() {
        Clockwork server = new Clockwork(PLAYED);
        server.on(new LifeEvent.Players(0));
        server.stepsIn(Duration.ofSeconds(14));
        server.on(new LifeEvent.Players(1));

        assertThat(server.stepsIn(Duration.ofSeconds(60))).doesNotContain("Close:ABANDONED");
    }

    @Test
    void aMatchThatIsTooLongIsStoppedAlsoWhenEverybodyIsThere() {
        Clockwork server = new Clockwork(PLAYED);

        assertThat(server.stepsIn(Duration.ofSeconds(299))).doesNotContain("Close:STOPPED");
        assertThat(server.stepsIn(Duration.ofSeconds(2))).contains("Close:STOPPED");
    }

    /** A server and a clock that goes by 50 ms. */
    private static final class Clockwork {
        private ServerLife life;
        private Instant now = START;

        Clockwork(List<LifeEvent> before) {
            life = after(before);
        }

        void on(LifeEvent event) {
            life = life.on(event, now).life();
        }

        List<String> stepsIn(Duration span) {
            List<String> steps = new ArrayList<>();
            Instant until = now.plus(span);
            while (now.isBefore(until)) {
                now = now.plusMillis(50);
                ServerLife.Next next = life.on(TICK, now);
                life = next.life();
                next.steps().forEach(step -> steps.add(word(step)));
            }
            return steps;
        }
    }

    private static ServerLife after(List<LifeEvent> events) {
        ServerLife life = ServerLife.begin(SELF, Timing.CONTRACT, null, START).life();
        for (LifeEvent event : events) {
            life = life.on(event, START).life();
        }
        return life;
    }

    private static Arguments row(String name, List<LifeEvent> before, LifeEvent event, String steps) {
        return Arguments.of(name, before, event, steps);
    }

    private static String words(List<Step> steps) {
        return String.join(" ", steps.stream().map(ServerLifeTest::word).toList());
    }

    private static String word(Step step) {
        return switch (step) {
            case Step.Reply(ServerReply.Refused refused) -> "Refused:" + refused.why();
            case Step.Reply(ServerReply.Accepted accepted) -> accepted.equals(ACCEPTED) ? "Accepted" : "other server";
            case Step.Change _ -> "Change";
            case Step.Load _ -> "Load";
            case Step.Say say -> "Say:" + say.said();
            case Step.Beat _ -> "Beat";
            case Step.Close close -> "Close:" + close.result().outcome();
            case Step.Exit exit -> "Exit:" + exit.code();
        };
    }

    private static List<MatchPlayer> withOneMore() {
        List<MatchPlayer> players = new ArrayList<>(MATCH.players());
        players.add(new MatchPlayer("bob", "Bob", 0, new Loadout("c", List.of(), Map.of())));
        return players;
    }

    private static Assignment assignment(String matchId, String mode) {
        MatchLimits limits = new MatchLimits(Duration.ofSeconds(10), 3, Duration.ofSeconds(30), Duration.ofMinutes(5));
        List<MatchPlayer> players = List.of(new MatchPlayer("ada", "Ada", 0, new Loadout("c", List.of(), Map.of())));
        return new Assignment(matchId, mode, players, limits, JsonNodeFactory.instance.objectNode());
    }
}

package dev.paddock.director.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.crds.GameServer;
import dev.paddock.crds.GameServerSpec;
import dev.paddock.crds.GameServerStatus;
import dev.paddock.crds.ServerPhase;
import dev.paddock.crds.ServerTemplate;
import dev.paddock.director.fleet.GivenUp;
import dev.paddock.director.fleet.Phase;
import dev.paddock.director.fleet.ServerView;
import dev.paddock.director.kubernetes.Labels;
import dev.paddock.director.kubernetes.PodSeen;
import dev.paddock.director.kubernetes.ServerObjects;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerStepTest {
    private static final Instant DECLARED = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant FIRST_SEEN = DECLARED;
    private static final Instant NOW = DECLARED.plusSeconds(2);
    private static final ServerStep.Times TIMES =
            new ServerStep.Times(Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofSeconds(5));
    private static final ContainerState RUNS =
            new ContainerStateBuilder().withNewRunning("2026-01-02T03:04:06Z").build();

    @Test
    void aDeclaredServerGetsAPod() {
        assertThat(step(server(null), null, null, NOW)).isEqualTo(new ServerStep.MakePod());
    }

    @Test
    void oneThatWasDeclaredByHandGetsAKeyFirst() {
        GameServer byHand = server(null);
        byHand.getMetadata().setAnnotations(null);

        assertThat(step(byHand, null, null, NOW)).isEqualTo(new ServerStep.GiveKey());
    }

    @Test
    void aPodThatIsNotReadyYetIsStarting() {
        GameServer server = server(ServerPhase.STARTING);

        assertThat(phase(step(server, pod(server, null), null, NOW))).isEqualTo(ServerPhase.STARTING);
        assertThat(phase(step(server, pod(server, RUNS), null, NOW))).isEqualTo(ServerPhase.STARTING);
        assertThat(phase(step(server, pod(server, RUNS), heard(Phase.STARTING, null), NOW)))
                .isEqualTo(ServerPhase.STARTING);
    }

    @Test
    void whatTheServerSaidOfItsMatchIsItsPhase() {
        GameServer server = server(ServerPhase.STARTING);

        assertThat(phase(step(server, pod(server, RUNS), heard(Phase.STANDBY, null), NOW)))
                .isEqualTo(ServerPhase.STANDBY);
        assertThat(phase(step(server, pod(server, RUNS), heard(Phase.RUNNING, "m1"), NOW)))
                .isEqualTo(ServerPhase.IN_MATCH);
    }

    @ParameterizedTest
    @EnumSource(
            value = ServerPhase.class,
            names = {"STANDBY", "IN_MATCH"})
    void anOperatorThatHasHeardNothingYetLeavesThePhaseHoweverOldTheServerIs(ServerPhase phase) {
        GameServer server = server(phase);

        assertThat(phase(step(server, pod(server, RUNS), null, NOW.plusSeconds(3600))))
                .isEqualTo(phase);
    }

    @Test
    void aServerThatIsNeverReadyFails() {
        GameServer server = server(ServerPhase.STARTING);
        Instant late = DECLARED.plus(TIMES.startWithin()).plusMillis(1);

        assertThat(step(server, pod(server, RUNS), null, late))
                .isInstanceOfSatisfying(
                        ServerStep.End.class, end -> assertThat(end.reason()).isEqualTo("NeverReady"));
        assertThat(step(server, pod(server, null), null, late))
                .isEqualTo(new ServerStep.End(
                        ServerPhase.FAILED, "Unschedulable", "it did not start in time: its pod has no node yet"));
        assertThat(step(server, onANode(pod(server, null)), null, late))
                .isEqualTo(new ServerStep.NeverMade(
                        "ContainerCreating", "it did not start in time: its container is being made"));
    }

    @Test
    void howItsPodEndedIsHowItEnds() {
        GameServer server = server(ServerPhase.IN_MATCH);

        assertThat(step(server, pod(server, ended(0)), null, NOW))
                .isEqualTo(new ServerStep.End(ServerPhase.FINISHED, "Completed", "exit code 0"));
        assertThat(step(server, pod(server, ended(1)), null, NOW))
                .isEqualTo(new ServerStep.End(ServerPhase.FAILED, "Error", "exit code 1"));
        assertThat(step(server, null, null, NOW))
                .isEqualTo(new ServerStep.End(ServerPhase.FAILED, "PodGone", "its pod was deleted"));
    }

    @Test
    void aPodOfSomebodyElseIsNotTouched() {
        GameServer server = server(null);
        Pod foreign = pod(server, RUNS);
        foreign.getMetadata().setOwnerReferences(List.of());

        assertThat(step(server, foreign, null, NOW))
                .isInstanceOfSatisfying(
                        ServerStep.End.class, end -> assertThat(end.reason()).isEqualTo("NameTaken"));
        assertThat(ServerObjects.isOwned(foreign, server)).isFalse();
    }

    @Test
    void oneThatIsOverIsKeptForAWhileAndThenForgotten() {
        GameServer server = server(ServerPhase.FINISHED);
        Instant ended = NOW;
        server.setStatus(status(ServerPhase.FINISHED, ended.toString()));

        assertThat(step(server, null, null, ended.plusSeconds(60)))
                .isEqualTo(new ServerStep.Keep(Duration.ofMinutes(9)));
        assertThat(step(server, null, null, ended.plus(TIMES.keepFinished()))).isEqualTo(new ServerStep.Remove());
    }

    @Test
    void clocksThatAreWrongMakeNoServerLate() {
        GameServer declaredLongAgo = server(ServerPhase.STARTING);
        declaredLongAgo.getMetadata().setCreationTimestamp("2001-01-01T00:00:00Z");
        GameServer declaredTomorrow = server(ServerPhase.STARTING);
        declaredTomorrow.getMetadata().setCreationTimestamp("2101-01-01T00:00:00Z");
        Instant late = FIRST_SEEN.plus(TIMES.startWithin()).plusMillis(1);

        assertThat(phase(step(declaredLongAgo, pod(declaredLongAgo, RUNS), null, NOW)))
                .isEqualTo(ServerPhase.STARTING);
        assertThat(step(declaredTomorrow, pod(declaredTomorrow, RUNS), null, late))
                .isInstanceOf(ServerStep.End.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2101-01-01T00:00:00Z", "yesterday", ""})
    void anEndThatHasNotBeenIsWrittenAnewAndKeepsItsReason(String endedAt) {
        GameServer server = server(ServerPhase.FAILED);
        Condition healthy = condition("Healthy", "False", "OOMKilled", "exit code 137");
        server.setStatus(status(ServerPhase.FAILED, endedAt, healthy));

        assertThat(step(server, null, null, NOW))
                .isEqualTo(new ServerStep.Say(ServerPhase.FAILED, "OOMKilled", "exit code 137"));
        assertThat(ServerStatus.endedAt(server, NOW)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ServerPhase.class,
            names = {"PENDING", "STANDBY", "FINISHED", "FAILED"})
    void whateverSomebodyWroteIntoItsStatusAMatchGoesOn(ServerPhase written) {
        GameServer server = server(null);
        server.setStatus(status(written, "2001-01-01T00:00:00Z"));

        assertThat(phase(step(server, pod(server, RUNS), heard(Phase.RUNNING, "m1"), NOW)))
                .isEqualTo(ServerPhase.IN_MATCH);
        assertThat(phase(step(server, pod(server, RUNS), null, NOW.plusSeconds(3600))))
                .as("not heard of yet")
                .isNotEqualTo(ServerPhase.FINISHED)
                .isNotEqualTo(ServerPhase.FAILED);
    }

    @Test
    void aServerThatHangsFailsAsSilentHoweverItsProcessEnds() {
        GameServer server = server(ServerPhase.IN_MATCH);
        GivenUp silent = new GivenUp(GivenUp.Cause.SILENT, "it was silent for 7 s");
        ServerStep.End hangs =
                new ServerStep.End(ServerPhase.FAILED, "Silent", "it was silent for 7 s: it hangs, or is cut off");

        assertThat(step(server, pod(server, RUNS), heard(Phase.RETIRING, "m1", silent), NOW))
                .isEqualTo(hangs);
        assertThat(step(server, pod(server, ended(137)), heard(Phase.RETIRING, "m1", silent), NOW))
                .isEqualTo(hangs);
    }

    @Test
    void aSilentServerOfALostNodeFailsForItsNode() {
        GameServer server = server(ServerPhase.IN_MATCH);
        GivenUp silent = new GivenUp(GivenUp.Cause.SILENT, "it was silent for 7 s");
        ServerView heard = heard(Phase.RETIRING, "m1", silent);
        ServerStep.First first = new ServerStep.First(FIRST_SEEN, true);

        assertThat(ServerStep.of(new ServerStep.Seen(server, pod(server, RUNS), true, heard, first, NOW), TIMES))
                .isEqualTo(new ServerStep.End(
                        ServerPhase.FAILED, "NodeLost", "its node is lost, and it was silent for 7 s"));
    }

    @Test
    void aServerThatItsDirectorGaveUpWasNeverReadyOrIsNotNeeded() {
        GameServer server = server(ServerPhase.STARTING);
        GivenUp late = new GivenUp(GivenUp.Cause.NEVER_READY, "it was not ready within 20 s");
        GivenUp other = new GivenUp(GivenUp.Cause.NOT_NEEDED, "its match does not need it");

        assertThat(step(server, pod(server, ended(143)), heard(Phase.RETIRING, null, late), NOW))
                .isEqualTo(new ServerStep.End(
                        ServerPhase.FAILED, "NeverReady", "its process runs, and it was not ready within 20 s"));
        assertThat(step(server, pod(server, RUNS), heard(Phase.RETIRING, "m1", other), NOW))
                .isEqualTo(new ServerStep.End(ServerPhase.FINISHED, "NotNeeded", "its match does not need it"));
    }

    @Test
    void onlyAServerThatAnotherDirectorHasBegunForNoMatchMayLackItsSecret() {
        GameServer standby = server(ServerPhase.STARTING);
        GameServer forAMatch = server(ServerPhase.STARTING);
        forAMatch.setSpec(new GameServerSpec("duel", "m1", ServerTemplate.of("localhost/duel:1")));

        assertThat(seen(standby, pod(standby, null), null).mayLackSecret()).isTrue();
        assertThat(seen(standby, pod(standby, null), heard(Phase.STARTING, null))
                        .mayLackSecret())
                .as("begun here")
                .isFalse();
        assertThat(seen(standby, pod(standby, null), takenOver(Phase.STARTING)).mayLackSecret())
                .isTrue();
        assertThat(seen(standby, pod(standby, null), takenOver(Phase.RETIRING)).mayLackSecret())
                .as("nobody wants it")
                .isFalse();
        assertThat(seen(standby, pod(standby, RUNS), null).mayLackSecret()).isFalse();
        assertThat(seen(forAMatch, pod(forAMatch, null), null).mayLackSecret())
                .as("what is in it, only who is asked for the match knows")
                .isFalse();
    }

    private static ServerView takenOver(Phase phase) {
        return new ServerView("s1", "duel", "t1", phase, null, NOW, Map.of(), 0, null, null, null, true, false);
    }

    private static ServerStep.Seen seen(GameServer server, Pod pod, @Nullable ServerView heard) {
        return new ServerStep.Seen(server, pod, false, heard, new ServerStep.First(FIRST_SEEN, true), NOW);
    }

    @Test
    void onePodThatIsToldToEndIsNotBegunAgain() {
        GameServer server = server(null);
        server.setStatus(status(ServerPhase.FAILED, NOW.toString()));
        Pod ending = pod(server, RUNS);
        ending.getMetadata().setDeletionTimestamp(NOW.toString());

        assertThat(step(server, ending, heard(Phase.STANDBY, null), NOW)).isInstanceOf(ServerStep.Keep.class);
    }

    @Test
    void whatAServerWaitedForIsWhyItNeverRan() {
        GameServer server = server(null);
        Condition started = condition("Started", "False", "Unschedulable", "no node takes it");
        server.setStatus(status(ServerPhase.STARTING, null, started));

        assertThat(step(server, null, null, NOW))
                .isEqualTo(new ServerStep.End(
                        ServerPhase.FAILED, "Unschedulable", "its pod was deleted before it ran: no node takes it"));
    }

    @Test
    void aPodThatWasDeletedBeforeAnythingWasToBeWaitedForIsGone() {
        GameServer server = server(null);
        Condition started = condition("Started", "False", "PodCreated", "its pod has no node yet");
        server.setStatus(status(ServerPhase.STARTING, null, started));

        assertThat(step(server, null, null, NOW))
                .isEqualTo(new ServerStep.End(ServerPhase.FAILED, "PodGone", "its pod was deleted"));
    }

    @Test
    void whatStandsBesideAServerEndsSoonAfterIt() {
        GameServer server = server(null);
        server.setStatus(status(ServerPhase.FINISHED, NOW.toString()));
        Pod lingers = pod(server, ended(0));
        lingers.getStatus().setPhase("Running");

        assertThat(step(server, lingers, null, NOW)).isEqualTo(new ServerStep.Keep(TIMES.stopWithin()));
        assertThat(step(server, lingers, null, NOW.plus(TIMES.stopWithin()))).isEqualTo(new ServerStep.EndRest());
    }

    private static Condition condition(String type, String status, String reason, String message) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .build();
    }

    private static ServerStep step(GameServer server, @Nullable Pod pod, @Nullable ServerView heard, Instant now) {
        return ServerStep.of(
                new ServerStep.Seen(server, pod, false, heard, new ServerStep.First(FIRST_SEEN, true), now), TIMES);
    }

    private static ServerPhase phase(ServerStep step) {
        assertThat(step).isInstanceOf(ServerStep.Say.class);
        return ((ServerStep.Say) step).phase();
    }

    private static ServerView heard(Phase phase, @Nullable String matchId) {
        return heard(phase, matchId, null);
    }

    private static ServerView heard(Phase phase, @Nullable String matchId, @Nullable GivenUp givenUp) {
        return new ServerView(
                "s1", "duel", "t1", phase, matchId, NOW, Map.of("tcp", 4000), 0, null, null, givenUp, false, false);
    }

    private static GameServer server(@Nullable ServerPhase phase) {
        GameServer server = new GameServer();
        server.setMetadata(new ObjectMetaBuilder()
                .withName("s1")
                .withNamespace("games")
                .withUid("u1")
                .withCreationTimestamp(DECLARED.toString())
                .addToLabels(Labels.MODE, "duel")
                .addToAnnotations(Labels.PUBLIC_KEY, "pem")
                .build());
        server.setSpec(new GameServerSpec("duel", null, ServerTemplate.of("localhost/duel:1")));
        if (phase != null) {
            server.setStatus(status(phase, null));
        }
        return server;
    }

    private static GameServerStatus status(ServerPhase phase, @Nullable String endedAt, Condition... conditions) {
        return new GameServerStatus(
                phase, null, null, null, null, null, null, null, endedAt, null, List.of(conditions));
    }

    private static Pod pod(GameServer owner, @Nullable ContainerState state) {
        PodBuilder pod = new PodBuilder()
                .withNewMetadata()
                .withName("s1")
                .withOwnerReferences(ServerObjects.ownedBy(owner))
                .endMetadata()
                .withNewStatus()
                .withPhase("Pending")
                .endStatus();
        return state == null
                ? pod.build()
                : pod.editStatus()
                        .addNewContainerStatus()
                        .withName(PodSeen.CONTAINER)
                        .withState(state)
                        .endContainerStatus()
                        .endStatus()
                        .build();
    }

    private static Pod onANode(Pod pod) {
        return pod.edit().editOrNewSpec().withNodeName("node1").endSpec().build();
    }

    private static ContainerState ended(int code) {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(code)
                .withReason(code == 0 ? "Completed" : "Error")
                .endTerminated()
                .build();
    }
}

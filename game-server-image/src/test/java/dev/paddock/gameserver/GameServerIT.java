package dev.paddock.gameserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.dragrace.DragRaceServer;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.game.FromServer;
import dev.paddock.protocol.game.ToServer;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.server.Assignment;
import dev.paddock.protocol.server.ServerEvent;
import dev.paddock.protocol.server.ServerReply;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract with the director, on a real server process. */
class GameServerIT {
    private ServerUnderTest server;

    @BeforeEach
    void files(@TempDir Path folder) throws Exception {
        server = new ServerUnderTest(folder);
    }

    @AfterEach
    void kill() throws Exception {
        server.close();
    }

    private void startStandby() throws Exception {
        server.start(DragRaceServer.class).awaitStandby();
    }

    private void startMatch(Assignment assignment) throws Exception {
        startStandby();
        server.director.assign(assignment);
        server.awaitReady(server.matchId);
    }

    private TestPlayer join(String playerId) throws Exception {
        TestPlayer player = server.connect();
        player.send(new ToServer.Join(server.tokens.good(server.matchId, playerId)));
        player.next(FromServer.Joined.class);
        return player;
    }

    @Test
    void anAssignedServerSaysReadyUntilItIsHeard() throws Exception {
        startStandby();
        server.director.beDeaf();

        ServerReply reply = server.director.assign(server.match());

        assertThat(reply).isEqualTo(new ServerReply.Accepted(server.serverId));
        Awaitility.await("ready is said again while nobody answers").until(() -> readyForMatch() >= 3);
        server.director.hearAgain();
        Awaitility.await("ready is said no more once it was heard")
                .atMost(Duration.ofSeconds(10))
                .during(Duration.ofSeconds(2))
                .until(() -> true);
        long heard = readyForMatch();
        assertThat(heard).isLessThan(9);
        assertThat(server.director.told(ServerEvent.Heartbeat.class)).isNotEmpty();
    }

    private long readyForMatch() {
        return server.director.told(ServerEvent.Ready.class).stream()
                .filter(ready -> server.matchId.equals(ready.matchId()))
                .count();
    }

    @Test
    void aServerTakesOneMatchInItsLife() throws Exception {
        startStandby();
        Assignment mine = server.match();
        Assignment other = new Assignment("another", mine.mode(), mine.players(), mine.limits(), mine.joinKeys());

        assertThat(server.director.assign(mine)).isInstanceOf(ServerReply.Accepted.class);
        assertThat(server.director.assign(other))
                .isEqualTo(new ServerReply.Refused(server.serverId, "has-another-match"));
        assertThat(server.director.assign(mine)).isInstanceOf(ServerReply.Accepted.class);
    }

    @Test
    void anAssignmentThatMakesNoSenseIsRefusedAndTheServerStaysFree() throws Exception {
        startStandby();
        Assignment good = server.match();
        ServerReply refused = new ServerReply.Refused(server.serverId, "bad-request");

        assertThat(server.director.assignRaw("{")).isEqualTo(refused);
        assertThat(server.director.assignRaw("{\"matchId\":\"m\"}")).isEqualTo(refused);
        assertThat(server.director.assignRaw("{\"matchId\":\"m\",\"mode\":\"drag-race\",\"players\":[]}"))
                .isEqualTo(refused);
        assertThat(server.director.assignRaw(Json.text(good).replace("\"limits\"", "\"bounds\"")))
                .isEqualTo(refused);
        assertThat(server.director.assignRaw(Json.text(good).replace("P-256", "P-521")))
                .isEqualTo(refused);
        assertThat(server.director.assign(new Assignment("m", "chess", good.players(), good.limits(), good.joinKeys())))
                .isEqualTo(refused);
        assertThat(server.director.assign(good)).isInstanceOf(ServerReply.Accepted.class);
    }

    @Test
    void aColdStartIsReadyWithItsMatchAtOnce() throws Exception {
        server.withAssignment(server.match()).start(DragRaceServer.class);

        server.awaitReady(server.matchId);

        assertThat(server.director.told(ServerEvent.Ready.class).getFirst().matchId())
                .isEqualTo(server.matchId);
        assertThat(server.director.assign(server.match())).isInstanceOf(ServerReply.Accepted.class);
    }

    @Test
    void aRetiredStandbyExitsAtOnce() throws Exception {
        startStandby();

        assertThat(server.director.retire()).isInstanceOf(ServerReply.Accepted.class);

        assertThat(server.awaitExit()).isZero();
    }

    @Test
    void aRetiredServerWithAMatchPlaysItToItsEnd() throws Exception {
        startMatch(server.match());
        try (TestPlayer ada = join(ServerUnderTest.ADA);
                TestPlayer bob = join(ServerUnderTest.BOB)) {
            assertThat(server.director.retire()).isInstanceOf(ServerReply.Accepted.class);

            bob.send(new ToServer.Resign());

            MatchResult seen = ada.next(FromServer.Result.class).result();
            assertThat(server.awaitEnded().result()).isEqualTo(seen);
            assertThat(seen.standings().getFirst().playerId()).isEqualTo(ServerUnderTest.ADA);
            assertThat(server.awaitExit()).isZero();
        }
    }

    @Test
    void aStandbyExitsAtOnceOnSigterm() throws Exception {
        startStandby();

        server.process().destroy();

        assertThat(server.awaitExit()).isZero();
    }

    @Test
    void aServerThatIsStillReadingItsFilesExitsAtOnceOnSigterm() throws Exception {
        // A pipe in place of the file holds the server where the test wants it.
        Path pipe = server.file("server.json");
        Files.delete(pipe);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        server.start(DragRaceServer.class);
        try (OutputStream _ = Files.newOutputStream(pipe)) {
            server.process().destroy();

            assertThat(server.awaitExit()).isZero();
        }
    }

    @Test
    void aServerWithAMatchExitsAfterItOnSigterm() throws Exception {
        startMatch(server.match());
        try (TestPlayer ada = join(ServerUnderTest.ADA);
                TestPlayer bob = join(ServerUnderTest.BOB)) {
            server.process().destroy();
            ada.send(new ToServer.Resign());

            assertThat(bob.next(FromServer.Result.class)
                            .result()
                            .standings()
                            .getFirst()
                            .playerId())
                    .isEqualTo(ServerUnderTest.BOB);
            assertThat(server.awaitExit()).isZero();
            assertThat(server.director.told(ServerEvent.Ended.class)).isNotEmpty();
        }
    }

    @Test
    void theResultIsSaidUntilItIsHeard() throws Exception {
        startMatch(server.match());
        try (TestPlayer ada = join(ServerUnderTest.ADA);
                TestPlayer bob = join(ServerUnderTest.BOB)) {
            server.director.beDeaf();
            bob.send(new ToServer.Resign());
            ada.next(FromServer.Result.class);
        }
        Awaitility.await("ended is said again while nobody answers")
                .until(() -> server.director.told(ServerEvent.Ended.class).size() >= 3);
        assertThat(server.process().isAlive()).isTrue();

        server.director.hearAgain();

        assertThat(server.awaitExit()).isZero();
    }

    @Test
    void aMatchThatNobodyJoinsIsAbandoned() throws Exception {
        startMatch(server.match(Duration.ofMillis(300), Duration.ofMinutes(1)));

        assertThat(server.awaitEnded().result().outcome()).isEqualTo(MatchResult.Outcome.ABANDONED);
        assertThat(server.awaitExit()).isZero();
    }

    @Test
    void aMatchThatIsTooLongIsStopped() throws Exception {
        startMatch(server.match(Duration.ofSeconds(3), Duration.ofSeconds(4)));
        try (TestPlayer ada = join(ServerUnderTest.ADA);
                TestPlayer bob = join(ServerUnderTest.BOB)) {
            assertThat(ada.next(FromServer.Result.class).result().outcome()).isEqualTo(MatchResult.Outcome.STOPPED);
            assertThat(bob.next(FromServer.Result.class).result().outcome()).isEqualTo(MatchResult.Outcome.STOPPED);
            assertThat(server.awaitEnded().result().outcome()).isEqualTo(MatchResult.Outcome.STOPPED);
        }
    }

    @Test
    void noSecretReachesTheLog() throws Exception {
        startMatch(server.match());
        String token = server.tokens.good(server.matchId, ServerUnderTest.ADA);
        try (TestPlayer ada = server.connect()) {
            ada.send(new ToServer.Join(token));
            ada.next(FromServer.Joined.class);
        }

        Awaitility.await("the log names who joined").until(() -> server.log().contains("playerId=ada"));
        assertThat(server.log()).doesNotContain(token, "PRIVATE", "SEED", "eyJ");
    }

    @Test
    void withoutItsFilesAServerSaysWhatIsMissing(@TempDir Path empty) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DragRaceServer.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(empty.resolve("log").toFile())
                .start();

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(empty.resolve("log")).content().contains("PADDOCK_DIR is not set");
    }

    @Test
    void theWordRehearsePlaysAMatchAloneAndEndsWell() throws Exception {
        server.start(DragRaceServer.class, "rehearse");

        assertThat(server.awaitExit()).isZero();
        assertThat(server.log()).contains("A player joined: matchId=rehearsal").contains("Rehearsed:");
        assertThat(server.director.told(ServerEvent.Ready.class)).isEmpty();
    }

    @Test
    void anotherWordIsRefused() throws Exception {
        server.start(DragRaceServer.class, "rehears");

        assertThat(server.awaitExit()).isEqualTo(2);
        assertThat(server.log()).contains("the only argument there is is 'rehearse', not [rehears]");
    }

    @Test
    void aStandbyThatAskedItselfIsStillFree() throws Exception {
        startStandby();
        Awaitility.await("it has rehearsed").until(() -> server.log().contains("Rehearsed:"));

        assertThat(server.director.assign(server.match())).isEqualTo(new ServerReply.Accepted(server.serverId));
        server.awaitReady(server.matchId);
        assertThat(server.log()).doesNotContain("went wrong");
    }
}

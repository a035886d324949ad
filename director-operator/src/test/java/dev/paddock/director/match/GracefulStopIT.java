package dev.paddock.director.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.protocol.Id;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the servers when their director is told to end (SIGTERM). */
class GracefulStopIT {
    private static final String STOP_SERVERS = "paddock.director.process.stop-servers-on-exit";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String region = Id.next(RANDOM);
    private final String matchId = Id.next(RANDOM);

    @TempDir
    private Path folder;

    @AfterEach
    void endWhatAFailureLeft() throws Exception {
        TestDirector.endServers(folder);
    }

    @Test
    void aServerWithAMatchOutlivesItsDirectorAndTheNextOneTakesItOver() throws Exception {
        Map<String, Object> settings =
                TestDirector.settings(region, folder, TestDirector.command(FakeServer.Behaviour.GOOD), 2);
        settings.remove(STOP_SERVERS);
        try (FakeManager manager = new FakeManager(region)) {
            StartMatch match = manager.match(matchId);
            String serverId = playOn(settings, 2, manager, match);

            assertThat(TestDirector.servers(folder))
                    .as("the standbys went, and left no record")
                    .singleElement()
                    .matches(ProcessHandle::isAlive);
            settings.put(STOP_SERVERS, true);
            try (TestDirector _ = TestDirector.start(settings)) {
                assertThat(manager.startPatiently(match))
                        .isInstanceOfSatisfying(
                                StartReply.Running.class,
                                running ->
                                        assertThat(running.ready().serverId()).isEqualTo(serverId));
            }
            assertThat(manager.heard(matchId, MatchEvent.Failed.class)).isEmpty();
        }
    }

    @Test
    void whereServersEndWithTheirDirectorOneInAMatchIsNotWaitedFor() throws Exception {
        Map<String, Object> settings = TestDirector.settings(region, folder, TestDirector.dragRace(), 1);
        settings.put(STOP_SERVERS, true);
        // Longer than the test waits for the director's end; the real server plays on when it is asked to end.
        settings.put("paddock.director.process.stop-within", "60s");
        settings.put("paddock.director.assign-within", "5s");
        try (FakeManager manager = new FakeManager(region)) {
            playOn(settings, 1, manager, manager.playable(matchId));

            assertThat(List.of(folder.resolve("state/pids"), folder.resolve("state/servers")))
                    .allSatisfy(left -> assertThat(left).isEmptyDirectory());
        }
    }

    /** A director that gives the match a server and then is told to end; the server's id. */
    private String playOn(Map<String, Object> settings, int standbys, FakeManager manager, StartMatch match)
            throws Exception {
        try (DirectorProcess director = DirectorProcess.start(folder, settings)) {
            director.awaitStandbys(standbys);
            assertThat(manager.start(match)).isInstanceOf(StartReply.Assigned.class);
            String serverId = manager.await(matchId, MatchEvent.Ready.class).serverId();
            assertThat(director.terminate()).isIn(0, 143);
            return serverId;
        }
    }
}

package dev.paddock.director.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.protocol.Id;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import dev.paddock.protocol.server.ServerReply;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The director with the game server that players get, as processes, on a real NATS. */
class RealServerIT {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String region = Id.next(RANDOM);
    private final String matchId = Id.next(RANDOM);

    @TempDir
    private Path folder;

    private Map<String, Object> settings;

    @BeforeEach
    void useTheRealServer() {
        settings = TestDirector.settings(region, folder, TestDirector.dragRace(), 1);
        // Not the default, which a machine that is busy with other builds misses.
        settings.put("paddock.director.assign-within", "5s");
    }

    @AfterEach
    void endWhatAFailureLeft() throws Exception {
        TestDirector.endServers(folder);
    }

    @Test
    void itsStandbyTakesTheMatchAndSaysWhereItListens() throws Exception {
        try (TestDirector director = TestDirector.start(settings);
                FakeManager manager = new FakeManager(region)) {
            director.awaitStandbys(1);
            String standby = director.standbys().getFirst();

            StartReply reply = manager.start(manager.playable(matchId));

            assertThat(reply).isInstanceOfSatisfying(StartReply.Assigned.class, assigned -> {
                assertThat(assigned.serverId()).isEqualTo(standby);
                assertThat(assigned.standby()).isTrue();
            });
            MatchEvent.Ready ready = manager.await(matchId, MatchEvent.Ready.class);
            assertThat(ready.serverId()).isEqualTo(standby);
            int port = ready.endpoint().ports().get("tcp");
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(ready.endpoint().host(), port), 2000);
                assertThat(socket.isConnected()).isTrue();
            }
        }
    }

    @Test
    void itRefusesWhoWouldJoinAMatchThatHasNoFreeSeat() throws Exception {
        try (TestDirector director = TestDirector.start(settings);
                FakeManager manager = new FakeManager(region)) {
            director.awaitStandbys(1);
            StartMatch match = manager.playable(matchId);
            manager.start(match);
            String serverId = manager.await(matchId, MatchEvent.Ready.class).serverId();

            // Who plays already may stay; a race lets nobody else in.
            assertThat(manager.seat(match, serverId, 1)).isEqualTo(new ServerReply.Accepted(serverId));
            assertThat(manager.seat(manager.withOneMore(match), serverId, 2))
                    .isEqualTo(new ServerReply.Refused(serverId, "no-free-seat"));
        }
    }

    @Test
    void whenItsDirectorIsKilledItKeepsItsMatchAndTheNextDirectorSpeaksForIt() throws Exception {
        try (FakeManager manager = new FakeManager(region);
                ServerWitness witness = new ServerWitness()) {
            StartMatch match = manager.playable(matchId);
            String serverId;
            try (DirectorProcess first = DirectorProcess.start(folder, settings)) {
                first.awaitStandbys(1);
                assertThat(manager.start(match)).isInstanceOf(StartReply.Assigned.class);
                serverId = manager.await(matchId, MatchEvent.Ready.class).serverId();
                first.kill();
            }
            List<ProcessHandle> servers;
            try (TestDirector _ = TestDirector.start(settings)) {
                servers = TestDirector.servers(folder);

                // Asked at once: this director has not heard its new servers yet.
                StartReply reply = manager.startPatiently(match);

                assertThat(reply)
                        .isInstanceOfSatisfying(
                                StartReply.Running.class,
                                running ->
                                        assertThat(running.ready().serverId()).isEqualTo(serverId));
                assertThat(manager.startPatiently(match)).isEqualTo(reply);
                assertThat(witness.serversOf(matchId)).containsExactly(serverId);
            }
            assertThat(servers).isNotEmpty().noneMatch(ProcessHandle::isAlive);
            assertThat(folder.resolve("state").resolve("pids")).isEmptyDirectory();
        }
    }
}

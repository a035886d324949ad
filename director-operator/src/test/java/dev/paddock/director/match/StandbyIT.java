package dev.paddock.director.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.protocol.Id;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import dev.paddock.protocol.server.ServerReply;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A director with server processes on a real NATS that lets each of them speak for itself alone. */
class StandbyIT {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String region = Id.next(RANDOM);
    private final String matchId = Id.next(RANDOM);

    @TempDir
    private Path folder;

    @Test
    void aMatchGetsTheStandbyAndAnotherOneTakesItsPlace() throws Exception {
        try (TestDirector director = TestDirector.start(region, folder, FakeServer.Behaviour.GOOD, 1);
                FakeManager manager = new FakeManager(region)) {
            director.awaitStandbys(1);
            String standby = director.standbys().getFirst();

            StartReply reply = manager.start(manager.match(matchId));

            assertThat(reply).isInstanceOfSatisfying(StartReply.Assigned.class, assigned -> {
                assertThat(assigned.serverId()).isEqualTo(standby);
                assertThat(assigned.standby()).isTrue();
            });
            MatchEvent.Ready ready = manager.await(matchId, MatchEvent.Ready.class);
            assertThat(ready.serverId()).isEqualTo(standby);
            assertThat(ready.endpoint().host()).isEqualTo("127.0.0.1");
            assertThat(ready.endpoint().ports()).containsEntry("tcp", 40123);
            assertThat(ready.endpoint().publicKey()).startsWith("-----BEGIN PUBLIC KEY-----");
            assertThat(ready.stops()).containsOnlyKeys(Stop.ASSIGNED, Stop.READY);
            director.awaitStandbys(1);
            assertThat(director.standbys()).doesNotContain(standby);
        }
    }

    @Test
    void withoutAStandbyAServerIsStartedWithItsMatch() throws Exception {
        try (TestDirector _ = TestDirector.start(region, folder, FakeServer.Behaviour.GOOD, 0);
                FakeManager manager = new FakeManager(region)) {
            StartMatch match = manager.match(matchId);

            StartReply reply = manager.start(match);

            assertThat(reply).isInstanceOf(StartReply.Starting.class);
            MatchEvent.Ready ready = manager.await(matchId, MatchEvent.Ready.class);
            assertThat(ready.stops()).containsOnlyKeys(Stop.ASSIGNED, Stop.STARTED, Stop.READY);
            assertThat(manager.start(match)).isEqualTo(new StartReply.Running(ready));
        }
    }

    @Test
    void aRunningMatchsServerIsToldWhoJoinsAndSaysWhatIsFree() throws Exception {
        try (TestDirector director = TestDirector.start(region, folder, FakeServer.Behaviour.GOOD, 1);
                FakeManager manager = new FakeManager(region)) {
            director.awaitStandbys(1);
            StartMatch match = manager.playable(matchId);
            manager.start(match);
            String serverId = manager.await(matchId, MatchEvent.Ready.class).serverId();

            ServerReply reply = manager.seat(match, serverId, 7);

            assertThat(reply).isEqualTo(new ServerReply.Accepted(serverId));
            MatchEvent.Seats seats = manager.await(matchId, MatchEvent.Seats.class);
            assertThat(seats.serverId()).isEqualTo(serverId);
            assertThat(seats.roster()).isEqualTo(7);
            assertThat(seats.free()).containsExactly(0, 2);
            assertThat(seats.players()).containsExactly("p1");
        }
    }
}

package dev.paddock.gameserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.protocol.game.FromServer;
import dev.paddock.protocol.game.ToServer;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.MatchResult.Outcome;
import dev.paddock.protocol.match.SeatPlayers;
import dev.paddock.protocol.server.ServerEvent;
import dev.paddock.protocol.server.ServerReply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the SDK does around a game that is not well behaved. */
class OtherGameIT {
    private ServerUnderTest server;

    @BeforeEach
    void startMatch(@TempDir Path folder) throws Exception {
        server = new ServerUnderTest(folder).start(OddServer.class);
        server.awaitStandby();
        server.director.assign(server.match());
        server.awaitReady(server.matchId);
    }

    @AfterEach
    void kill() throws Exception {
        server.close();
    }

    private TestPlayer join(String playerId) throws Exception {
        TestPlayer player = server.connect();
        player.send(new ToServer.Join(server.tokens.good(server.matchId, playerId)));
        player.next(FromServer.Joined.class);
        return player;
    }

    @Test
    void aPlayerWhoDoesNotReadIsDroppedAndTheOthersPlayOn() throws Exception {
        try (TestPlayer ada = join("ada");
                TestPlayer bob = join("bob")) {
            bob.sendRaw("talk\n");
            Awaitility.await("who does not read is disconnected").until(() -> {
                var beats = server.director.told(ServerEvent.Heartbeat.class);
                return server.log().contains("playerId=ada code=too-slow")
                        && beats.stream()
                                .reduce((earlier, later) -> later)
                                .filter(beat -> beat.players() == 1)
                                .isPresent();
            });

            bob.sendRaw("end\n");

            assertThat(bob.next(FromServer.Result.class).result().outcome()).isEqualTo(Outcome.FINISHED);
            assertThat(ada.socket().isClosed()).isFalse();
        }
    }

    @Test
    void whoGetsASeatOfTheMatchThatRunsMayJoinItAndNobodyElse() throws Exception {
        try (TestPlayer bob = join("bob")) {
            bob.sendRaw("open\n");
            Awaitility.await("the server says its seats").until(() -> !seats().isEmpty());
            assertThat(seats().getLast().free()).containsExactly(0, 1);
            List<MatchPlayer> players = new ArrayList<>(server.match().players());
            players.add(new MatchPlayer("cid", "Cid", 1, players.getFirst().loadout()));

            ServerReply reply = server.director.seat(
                    new SeatPlayers(server.matchId, seats().getLast().serverId(), 1, players));

            assertThat(reply).isInstanceOf(ServerReply.Accepted.class);
            Awaitility.await("the game is told").until(() -> server.log().contains("one more: playerId=cid"));
            try (TestPlayer cid = join("cid")) {
                assertThat(cid.socket().isConnected()).isTrue();
            }
            Awaitility.await("the server says that it is full")
                    .until(() -> seats().getLast().roster() == 1
                            && seats().getLast().free().equals(List.of(0, 0)));
            players.add(new MatchPlayer("dan", "Dan", 1, players.getFirst().loadout()));
            assertThat(server.director.seat(
                            new SeatPlayers(server.matchId, seats().getLast().serverId(), 2, players)))
                    .isEqualTo(new ServerReply.Refused(seats().getLast().serverId(), "no-free-seat"));
        }
    }

    private List<ServerEvent.Seats> seats() {
        return server.director.told(ServerEvent.Seats.class);
    }

    @Test
    void aGameThatBreaksEndsItsMatchAsStopped() throws Exception {
        try (TestPlayer bob = join("bob")) {
            bob.sendRaw("break\n");

            assertThat(bob.next(FromServer.Result.class).result().outcome()).isEqualTo(Outcome.STOPPED);
            assertThat(server.awaitEnded().result().outcome()).isEqualTo(Outcome.STOPPED);
            assertThat(server.awaitExit()).isZero();
        }
    }
}

package dev.paddock.dragrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gameserver.ServerUnderTest;
import dev.paddock.gameserver.TestPlayer;
import dev.paddock.protocol.game.Driver;
import dev.paddock.protocol.game.FromServer;
import dev.paddock.protocol.game.ToServer;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.match.Standing;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DragRaceIT {
    @Test
    void twoDriversRaceToTheEndAndTheStrongerCarWins(@TempDir Path folder) throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(folder);
                ExecutorService drivers = Executors.newVirtualThreadPerTaskExecutor()) {
            server.start(DragRaceServer.class).awaitStandby();
            server.director.assign(server.match());
            server.awaitReady(server.matchId);

            Future<MatchResult> ada = drivers.submit(driver(server, ServerUnderTest.ADA));
            Future<MatchResult> bob = drivers.submit(driver(server, ServerUnderTest.BOB));

            MatchResult result = ada.get();
            assertThat(bob.get()).isEqualTo(result);
            assertThat(result.outcome()).isEqualTo(MatchResult.Outcome.FINISHED);
            Standing winner = result.standings().getFirst();
            Standing second = result.standings().getLast();
            assertThat(winner.playerId()).isEqualTo(ServerUnderTest.ADA);
            assertThat(winner.note()).isNull();
            assertThat(winner.stats().get("seconds")).isBetween(9.0, 13.0);
            assertThat(winner.stats().get("reactionMs")).isBetween(0.0, 300.0);
            assertThat(winner.stats().get("topSpeedKmh")).isBetween(150.0, 280.0);
            assertThat(second.place()).isEqualTo(2);
            assertThat(second.stats().get("seconds"))
                    .isGreaterThan(winner.stats().get("seconds"));
            assertThat(server.awaitEnded().result()).isEqualTo(result);
            assertThat(server.awaitExit()).isZero();
        }
    }

    private static Callable<MatchResult> driver(ServerUnderTest server, String playerId) {
        return () -> {
            try (TestPlayer player = server.connect()) {
                player.send(new ToServer.Join(server.tokens.good(server.matchId, playerId)));
                player.next(FromServer.Joined.class);
                return race(player, new Driver(player.next(FromServer.Grid.class), playerId));
            }
        };
    }

    private static MatchResult race(TestPlayer player, Driver driver) throws Exception {
        ToServer.Input last = null;
        FromServer line;
        while ((line = player.next()) != null) {
            if (line instanceof FromServer.Result result) {
                return result.result();
            }
            if (line instanceof FromServer.Snapshot snapshot) {
                ToServer.Input input = driver.react(snapshot);
                if (!input.equals(last)) {
                    player.send(input);
                    last = input;
                }
            }
        }
        throw new AssertionError("closed without a result");
    }
}

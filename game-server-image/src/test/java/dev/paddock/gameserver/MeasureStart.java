package dev.paddock.gameserver;

import dev.paddock.dragrace.DragRaceServer;
import dev.paddock.protocol.game.FromServer;
import dev.paddock.protocol.game.ToServer;
import dev.paddock.protocol.server.ServerEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Not a test: how long a server's stops take, each time in a fresh JVM, in milliseconds. Arguments: how many servers, and
 * how long each stands by before it gets its match (ms).
 */
public final class MeasureStart {
    private MeasureStart() {}

    public static void main(String[] args) throws Exception {
        int servers = Integer.parseInt(args[0]);
        Duration standby = Duration.ofMillis(Long.parseLong(args[1]));
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < servers; i++) {
            rows.add(measure(standby));
        }
        String[] names = {"launch-standby", "assign-accepted", "assign-ready", "connect-joined", "second-joined"};
        for (int column = 0; column < names.length; column++) {
            int c = column;
            double[] sorted = rows.stream().mapToDouble(row -> row[c]).sorted().toArray();
            System.out.printf(
                    "%-16s median %7.1f  max %7.1f  %s%n",
                    names[column], sorted[sorted.length / 2], sorted[sorted.length - 1], Arrays.toString(sorted));
        }
        System.exit(0);
    }

    private static double[] measure(Duration standby) throws Exception {
        Path folder = Files.createTempDirectory("measure");
        try (ServerUnderTest server = new ServerUnderTest(folder)) {
            Instant launched = Instant.now();
            Instant bound = server.start(DragRaceServer.class).awaitStandby().at();
            double launch = millis(launched, server.director.heardAt(ServerEvent.Ready.class));
            LockSupport.parkNanos(standby.toNanos());
            Instant asked = Instant.now();
            server.director.assign(server.match());
            double accepted = millis(asked, Instant.now());
            server.awaitReady(server.matchId);
            double ready = millis(asked, server.director.heardAt(ServerEvent.Ready.class));
            double first = join(server, ServerUnderTest.ADA);
            double second = join(server, ServerUnderTest.BOB);
            if (bound.isBefore(launched)) {
                throw new AssertionError("ready before launch");
            }
            return new double[] {launch, accepted, ready, first, second};
        }
    }

    private static double join(ServerUnderTest server, String playerId) throws Exception {
        Instant from = Instant.now();
        try (TestPlayer player = server.connect()) {
            player.send(new ToServer.Join(server.tokens.good(server.matchId, playerId)));
            player.next(FromServer.Joined.class);
            return millis(from, Instant.now());
        }
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1000 / 1000.0;
    }
}

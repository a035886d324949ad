package dev.paddock.gameserver;

import dev.paddock.protocol.Json;
import dev.paddock.protocol.game.ToServer;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.server.Assignment;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Another game on the SDK, for tests: nothing happens in it, until it is told to {@code talk} to Ada without end, to
 * {@code break}, to {@code open} a seat for one more in Bob's team, or to {@code end}.
 */
public final class OddServer implements Game {
    /** A kibibyte of talk. */
    public record Talk(String type, String text) {}

    private static final Logger LOG = LoggerFactory.getLogger(OddServer.class);
    private static final Talk TALK = new Talk("Talk", "x".repeat(1000));

    private OddServer() {}

    public static void main(String[] args) {
        GameServer.main(new OddServer());
    }

    @Override
    public int ticksPerSecond() {
        return 100;
    }

    @Override
    public int snapshotsPerSecond() {
        return 25;
    }

    @Override
    public MatchRun start(Assignment assignment, Stage stage) {
        return new Run(stage);
    }

    private static final class Run implements MatchRun {
        private final Stage stage;
        private boolean talking;

        Run(Stage stage) {
            this.stage = stage;
        }

        @Override
        public void joined(String playerId) {}

        @Override
        public void line(String playerId, String line) {
            switch (line) {
                case "talk" -> talking = true;
                case "open" -> stage.open(List.of(1, 2));
                case "break" -> throw new IllegalStateException("the game broke, as it was told to");
                case "end" -> stage.end(new MatchResult(MatchResult.Outcome.FINISHED, List.of()));
                default -> Json.read(line, ToServer.class);
            }
        }

        @Override
        public void seated(MatchPlayer player) {
            LOG.info("The game knows of one more: playerId={}", player.playerId());
        }

        @Override
        public void left(String playerId) {}

        @Override
        public void tick() {
            for (int i = 0; talking && i < 100; i++) {
                stage.tell(ServerUnderTest.ADA, TALK);
            }
        }
    }
}

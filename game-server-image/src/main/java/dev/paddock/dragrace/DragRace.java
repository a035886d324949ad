package dev.paddock.dragrace;

import dev.paddock.gameserver.Game;
import dev.paddock.gameserver.MatchRun;
import dev.paddock.gameserver.Stage;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.game.FromServer;
import dev.paddock.protocol.game.FromServer.Phase;
import dev.paddock.protocol.game.ToServer;
import dev.paddock.protocol.server.Assignment;
import java.util.random.RandomGenerator;

/** The drag race as the SDK runs it: lines in, frames out, the race itself in {@link RaceState}. */
public final class DragRace implements Game {
    private static final int SNAPSHOTS_PER_SECOND = 30;
    private static final int STEPS_PER_SNAPSHOT = RaceState.STEPS_PER_SECOND / SNAPSHOTS_PER_SECOND;

    private final RandomGenerator random;

    /** @param random for the moment of green, which no player may foresee */
    public DragRace(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public int ticksPerSecond() {
        return RaceState.STEPS_PER_SECOND;
    }

    @Override
    public int snapshotsPerSecond() {
        return SNAPSHOTS_PER_SECOND;
    }

    @Override
    public boolean mayRehearse() {
        return true;
    }

    @Override
    public MatchRun start(Assignment assignment, Stage stage) {
        return new Run(new RaceState(assignment.players(), random), stage);
    }

    private static final class Run implements MatchRun {
        private static final FromServer.Grid GRID =
                new FromServer.Grid(RaceState.METRES, Car.GEARS, Car.SHIFT_RPM, Car.REDLINE_RPM);

        private final RaceState race;
        private final Stage stage;
        private int lightsShown;
        private boolean greenShown;

        Run(RaceState race, Stage stage) {
            this.race = race;
            this.stage = stage;
        }

        @Override
        public void joined(String playerId) {
            race.joined(playerId);
            stage.tell(playerId, GRID);
        }

        @Override
        public void line(String playerId, String line) {
            switch (Json.read(line, ToServer.class)) {
                case ToServer.Input input -> race.drive(playerId, input.throttle(), input.gear());
                case ToServer.Resign _ -> race.resign(playerId);
                // Joined already: to say it again changes nothing.
                case ToServer.Join _ -> {}
            }
        }

        @Override
        public void left(String playerId) {
            race.left(playerId);
        }

        @Override
        public void tick() {
            race.step();
            showLights();
            boolean over = race.phase() == Phase.OVER;
            if (over || (race.phase() != Phase.WAITING && race.steps() % STEPS_PER_SNAPSHOT == 0)) {
                stage.showAll(new FromServer.Snapshot(race.steps(), race.atMs(), race.phase(), race.racers()));
            }
            if (over) {
                stage.end(RaceResult.of(race));
            }
        }

        private void showLights() {
            if (race.lights() > lightsShown) {
                lightsShown = race.lights();
                stage.tellAll(new FromServer.Countdown(race.lights(), race.startsInMs()));
            }
            if (race.phase() == Phase.RACING && !greenShown) {
                greenShown = true;
                stage.tellAll(new FromServer.Countdown(0, 0));
            }
        }
    }
}

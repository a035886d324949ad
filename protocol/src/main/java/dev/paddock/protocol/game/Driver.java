package dev.paddock.protocol.game;

import dev.paddock.protocol.game.FromServer.Grid;
import dev.paddock.protocol.game.FromServer.Phase;
import dev.paddock.protocol.game.FromServer.Snapshot;
import dev.paddock.protocol.game.ToServer.Input;

/**
 * A sensible driver of the drag race: first gear and no throttle until green, then full throttle, eased while the wheels
 * spin, and the next gear at the rpm that the grid names. Remembers nothing: what it sees decides what it does.
 */
public final class Driver {
    private static final double EASED = 0.7;

    private final Grid grid;
    private final String playerId;

    /** A driver for one player of the race that {@code grid} describes. */
    public Driver(Grid grid, String playerId) {
        this.grid = grid;
        this.playerId = playerId;
    }

    /** What to send after this snapshot; need not be sent if it is what was sent last. */
    public Input react(Snapshot seen) {
        for (Racer racer : seen.racers()) {
            if (racer.playerId().equals(playerId)) {
                return drive(seen.phase(), racer);
            }
        }
        return new Input(0, 1);
    }

    private Input drive(Phase phase, Racer car) {
        if (phase != Phase.RACING || car.status() != Racer.Status.RACING) {
            return new Input(0, 1);
        }
        int gear = Math.max(1, car.gear());
        if (car.spinning()) {
            // The rpm of spinning wheels say nothing about the speed: no shift.
            return new Input(EASED, gear);
        }
        if (car.rpm() >= grid.shiftRpm() && gear < grid.gears()) {
            return new Input(1, gear + 1);
        }
        return new Input(1, gear);
    }
}

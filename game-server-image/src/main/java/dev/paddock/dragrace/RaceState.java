package dev.paddock.dragrace;

import dev.paddock.protocol.game.FromServer.Phase;
import dev.paddock.protocol.game.Racer;
import dev.paddock.protocol.game.Racer.Status;
import dev.paddock.protocol.match.MatchPlayer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The race, as a machine that only {@link #step} and what the drivers do moves on: the same calls in the same order and
 * the same random numbers give the same race. It knows steps, not clocks: {@link #STEPS_PER_SECOND} of them a second.
 *
 * <pre>
 * WAITING ──all here, or 5 s after the first──▶ COUNTDOWN ──lights, then random──▶ RACING ──▶ OVER
 *                                                  └── all but one are out: that one wins, at once ──▶ OVER
 * </pre>
 */
final class RaceState {
    static final int STEPS_PER_SECOND = 120;
    static final double METRES = 402.336;
    static final int LIGHTS = 3;

    private static final double DT = 1.0 / STEPS_PER_SECOND;
    private static final int WAIT_STEPS = 5 * STEPS_PER_SECOND;
    private static final int LIGHT_STEPS = STEPS_PER_SECOND / 2;
    private static final int RANDOM_STEPS = 3 * STEPS_PER_SECOND / 2;
    private static final int AFTER_FIRST_STEPS = 10 * STEPS_PER_SECOND;
    private static final int LONGEST_STEPS = 60 * STEPS_PER_SECOND;

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final int randomSteps;
    private Phase phase = Phase.WAITING;
    private long steps;
    private long phaseSteps;
    private long firstFinishStep = -1;
    private boolean anyoneHere;

    RaceState(List<MatchPlayer> players, RandomGenerator random) {
        for (MatchPlayer player : players) {
            entries.put(
                    player.playerId(),
                    new Entry(player.playerId(), CarSpec.of(player.loadout().stats())));
        }
        this.randomSteps = random.nextInt(RANDOM_STEPS + 1);
    }

    /** The player is here, for the first time or again. */
    void joined(String playerId) {
        Entry entry = entry(playerId);
        entry.connected = true;
        anyoneHere = true;
        if (entry.status == Status.EXPECTED) {
            entry.status = phase == Phase.WAITING ? Status.STAGED : Status.ABSENT;
        }
    }

    /** The player's line is dead: the car coasts until the player is back. */
    void left(String playerId) {
        Entry entry = entry(playerId);
        entry.connected = false;
        entry.car.drive(0, entry.car.gear());
    }

    /** The player's hands, until the next time. */
    void drive(String playerId, double throttle, int gear) {
        entry(playerId).car.drive(throttle, gear);
    }

    /** The player gives up; who has finished has finished. */
    void resign(String playerId) {
        Entry entry = entry(playerId);
        if (entry.status == Status.STAGED || entry.status == Status.RACING) {
            entry.status = Status.RESIGNED;
            entry.car.drive(0, entry.car.gear());
        }
    }

    /** 1/120 s passes. */
    void step() {
        steps++;
        phaseSteps++;
        switch (phase) {
            case WAITING -> waitForAll();
            case COUNTDOWN -> countDown();
            case RACING -> race();
            case OVER -> {}
        }
        if (phase != Phase.OVER && phase != Phase.WAITING && decided()) {
            enter(Phase.OVER);
        }
    }

    private void waitForAll() {
        if (!anyoneHere) {
            phaseSteps = 0;
            return;
        }
        boolean allHere = entries.values().stream().noneMatch(entry -> entry.status == Status.EXPECTED);
        if (!allHere && phaseSteps < WAIT_STEPS) {
            return;
        }
        for (Entry entry : entries.values()) {
            if (entry.status == Status.EXPECTED) {
                entry.status = Status.ABSENT;
            }
        }
        enter(Phase.COUNTDOWN);
    }

    private void countDown() {
        for (Entry entry : entries.values()) {
            entry.car.hold();
            if (entry.status == Status.STAGED && entry.car.throttled()) {
                entry.status = Status.FALSE_START;
            }
        }
        if (phaseSteps >= (long) LIGHTS * LIGHT_STEPS + randomSteps) {
            enter(Phase.RACING);
            for (Entry entry : entries.values()) {
                if (entry.status == Status.STAGED) {
                    entry.status = Status.RACING;
                }
            }
        }
    }

    private void race() {
        for (Entry entry : entries.values()) {
            if (entry.status == Status.RACING && entry.reactionStep < 0 && entry.car.throttled()) {
                entry.reactionStep = phaseSteps - 1;
            }
            double before = entry.car.metres();
            entry.car.step(DT);
            if (entry.status == Status.RACING && entry.car.metres() >= METRES) {
                entry.status = Status.FINISHED;
                // Within the step the speed is constant, so the line was crossed at this share of it.
                double share = (METRES - before) / (entry.car.metres() - before);
                entry.seconds = (phaseSteps - 1 + share) * DT;
                entry.topSpeed = entry.car.topSpeed();
                if (firstFinishStep < 0) {
                    firstFinishStep = phaseSteps;
                }
            }
        }
    }

    private boolean decided() {
        int runners = 0;
        int finished = 0;
        for (Entry entry : entries.values()) {
            switch (entry.status) {
                case STAGED, RACING -> runners++;
                case FINISHED -> finished++;
                case EXPECTED, FALSE_START, RESIGNED, ABSENT -> {}
            }
        }
        if (runners == 0) {
            return true;
        }
        if (runners == 1 && finished == 0 && entries.size() > 1) {
            return true;
        }
        return phase == Phase.RACING
                && (phaseSteps >= LONGEST_STEPS
                        || (firstFinishStep >= 0 && phaseSteps - firstFinishStep >= AFTER_FIRST_STEPS));
    }

    private void enter(Phase next) {
        phase = next;
        phaseSteps = 0;
    }

    Phase phase() {
        return phase;
    }

    long steps() {
        return steps;
    }

    /** Amber lights that are lit now; 0 when it is not the countdown. */
    int lights() {
        return phase == Phase.COUNTDOWN ? (int) Math.min(LIGHTS, 1 + phaseSteps / LIGHT_STEPS) : 0;
    }

    /** The least time until green in the countdown; 0 when it is not the countdown. */
    long startsInMs() {
        if (phase != Phase.COUNTDOWN) {
            return 0;
        }
        long least = (long) LIGHTS * LIGHT_STEPS - phaseSteps;
        // Never 0, which would say that it is green.
        return Math.max(1, least * 1000 / STEPS_PER_SECOND);
    }

    /** Since green; 0 before. */
    long atMs() {
        return phase == Phase.RACING ? phaseSteps * 1000 / STEPS_PER_SECOND : 0;
    }

    /** The cars as players see them. */
    List<Racer> racers() {
        List<Racer> racers = new ArrayList<>(entries.size());
        for (Entry entry : entries.values()) {
            racers.add(entry.racer());
        }
        return racers;
    }

    /** The entries, for the result. */
    List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    private Entry entry(String playerId) {
        Entry entry = entries.get(playerId);
        if (entry == null) {
            throw new IllegalArgumentException("not a player of this match: " + playerId);
        }
        return entry;
    }

    /** One player's race. */
    static final class Entry {
        private final String playerId;
        private final Car car;
        private Status status = Status.EXPECTED;
        private boolean connected;
        private long reactionStep = -1;
        private double seconds = Double.NaN;
        private double topSpeed;

        Entry(String playerId, CarSpec spec) {
            this.playerId = playerId;
            this.car = new Car(spec);
        }

        String playerId() {
            return playerId;
        }

        Status status() {
            return status;
        }

        boolean connected() {
            return connected;
        }

        /** From green to the line; NaN if it was not crossed. */
        double seconds() {
            return seconds;
        }

        /** From green to the first throttle, in milliseconds; NaN if there was none. */
        double reactionMs() {
            return reactionStep < 0 ? Double.NaN : reactionStep * 1000.0 / STEPS_PER_SECOND;
        }

        double metres() {
            return car.metres();
        }

        /** Until the line, in metres a second. */
        double topSpeed() {
            return status == Status.FINISHED ? topSpeed : car.topSpeed();
        }

        private Racer racer() {
            return new Racer(
                    playerId,
                    rounded(car.metres(), 1000),
                    rounded(car.speed() * 3.6, 100),
                    car.gear(),
                    rounded(car.rpm(), 1),
                    car.spinning(),
                    status);
        }

        private static double rounded(double value, double parts) {
            return Math.rint(value * parts) / parts;
        }
    }
}

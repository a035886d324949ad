package dev.paddock.dragrace;

/**
 * One car on the strip: longitudinal dynamics of a point mass, advanced by semi-implicit Euler steps.
 *
 * <p>With {@code r} the wheel radius, {@code i} gear ratio times final drive, {@code v} speed:
 *
 * <ul>
 *   <li>traction force at the wheels {@code F = T(n)·throttle·i·η/r}, engine speed {@code n = v·i/r·60/2π}; limited by
 *       the tyres to {@code µ·m·g·k}, {@code k} the share of the weight on the driven axle under acceleration (T. D.
 *       Gillespie, <i>Fundamentals of Vehicle Dynamics</i>, SAE 1992, chapter 2);
 *   <li>aerodynamic drag {@code ½·ρ·cdA·v²} and rolling resistance {@code c·m·g} (the same, chapter 4).
 * </ul>
 *
 * Beyond the limit the wheels spin and sliding rubber holds less than rolling rubber. {@code T(n)} is a made-up curve of
 * a naturally aspirated engine, scaled so that its peak power is the car's. Below the rpm of the clutch, the clutch
 * slips and the engine turns at that rpm.
 */
final class Car {
    static final int GEARS = 6;
    static final double REDLINE_RPM = 7500;
    static final double SHIFT_RPM = 7000;

    private static final double GRAVITY = 9.80665;
    private static final double WHEEL_RADIUS = 0.32;
    private static final double FINAL_DRIVE = 3.9;
    private static final double[] RATIOS = {0, 3.4, 2.2, 1.6, 1.25, 1.02, 0.85};
    private static final double EFFICIENCY = 0.9;
    private static final double DRIVEN_SHARE = 0.75;
    private static final double SLIDING = 0.8;
    private static final double SPIN_ENDS_BELOW = 0.95;
    private static final double HALF_RHO_CDA = 0.5 * 1.2 * 0.65;
    private static final double ROLLING = 0.012;
    private static final double IDLE_RPM = 1000;
    private static final double CLUTCH_RPM = 3500;
    private static final double SPIN_RPM = 1.15;
    private static final double RPM_PER_RAD_S = 60 / (2 * Math.PI);
    // Share of the highest torque at 0, 500, 1000 ... 7500 rpm.
    private static final double[] TORQUE = {
        0.30, 0.40, 0.50, 0.60, 0.70, 0.79, 0.87, 0.94, 0.98, 1.00, 1.00, 0.98, 0.95, 0.91, 0.85, 0.77
    };
    private static final double TORQUE_STEP = 500;

    private final CarSpec spec;
    private final double highestTorque;
    private double metres;
    private double speed;
    private double topSpeed;
    private double rpm = IDLE_RPM;
    private double throttle;
    private int gear = 1;
    private double shiftLeft;
    private boolean spinning;

    Car(CarSpec spec) {
        this.spec = spec;
        this.highestTorque = spec.powerKw() * 1000 / shapePeak();
    }

    /** Holds the driver's hands so until the next time; a gear above the last is the last. */
    void drive(double wantedThrottle, int wantedGear) {
        throttle = Math.clamp(wantedThrottle, 0, 1);
        int next = Math.clamp(wantedGear, 0, GEARS);
        if (next != gear) {
            gear = next;
            shiftLeft = spec.shiftMs() / 1000;
        }
    }

    /** Whether the driver's foot is on the throttle. */
    boolean throttled() {
        return throttle > 0;
    }

    /** Stands at the line: the gear that was asked for goes in at leisure. */
    void hold() {
        shiftLeft = 0;
    }

    /** Advances by so many seconds. */
    void step(double dt) {
        double force = wheelForce(dt);
        double resistance = HALF_RHO_CDA * speed * speed + (speed > 0 ? ROLLING * spec.massKg() * GRAVITY : 0);
        speed = Math.max(0, speed + (force - resistance) / spec.massKg() * dt);
        topSpeed = Math.max(topSpeed, speed);
        metres += speed * dt;
    }

    private double wheelForce(double dt) {
        double ratio = RATIOS[gear] * FINAL_DRIVE;
        double wheelRpm = speed / WHEEL_RADIUS * ratio * RPM_PER_RAD_S;
        double clutchRpm = IDLE_RPM + (CLUTCH_RPM - IDLE_RPM) * throttle;
        rpm = Math.max(wheelRpm, clutchRpm);
        shiftLeft -= dt;
        if (shiftLeft > 0 || gear == 0 || rpm >= REDLINE_RPM) {
            rpm = Math.min(rpm, REDLINE_RPM);
            spinning = false;
            return 0;
        }
        double wanted = torque(rpm) * throttle * ratio * EFFICIENCY / WHEEL_RADIUS;
        double limit = spec.grip() * spec.massKg() * GRAVITY * DRIVEN_SHARE;
        // Wheels that spin go on spinning until clearly less is asked of them.
        spinning = wanted > (spinning ? limit * SPIN_ENDS_BELOW : limit);
        if (!spinning) {
            return wanted;
        }
        rpm = Math.min(REDLINE_RPM, rpm * SPIN_RPM);
        return limit * SLIDING;
    }

    private double torque(double atRpm) {
        return highestTorque * shape(atRpm);
    }

    private static double shape(double atRpm) {
        double place = Math.clamp(atRpm / TORQUE_STEP, 0, TORQUE.length - 1.0);
        int below = Math.min((int) place, TORQUE.length - 2);
        return TORQUE[below] + (TORQUE[below + 1] - TORQUE[below]) * (place - below);
    }

    /** The highest power, in watts, of an engine with 1 Nm of highest torque. */
    private static double shapePeak() {
        double peak = 0;
        for (double at = TORQUE_STEP; at <= REDLINE_RPM; at += TORQUE_STEP / 10) {
            peak = Math.max(peak, shape(at) * at / RPM_PER_RAD_S);
        }
        return peak;
    }

    double metres() {
        return metres;
    }

    /** Metres a second. */
    double speed() {
        return speed;
    }

    double topSpeed() {
        return topSpeed;
    }

    double rpm() {
        return rpm;
    }

    int gear() {
        return gear;
    }

    boolean spinning() {
        return spinning;
    }
}

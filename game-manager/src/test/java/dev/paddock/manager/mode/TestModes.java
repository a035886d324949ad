package dev.paddock.manager.mode;

import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Mode;
import dev.paddock.protocol.mode.Region;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import java.time.Duration;

/** Modes and regions as if a director had published them. */
public final class TestModes {
    private TestModes() {}

    public static Modes modes(Mode... modes) {
        Modes known = new Modes();
        for (Mode mode : modes) {
            known.put(mode);
        }
        return known;
    }

    public static Regions regions(String... names) {
        Regions known = new Regions();
        for (String name : names) {
            known.put(new Region(name, null, null));
        }
        return known;
    }

    /** Two players: 100 points at first, 200 more each second, at most 1000. */
    public static Mode duel(String name) {
        return duel(name, Duration.ofMinutes(10));
    }

    public static Mode duel(String name, Duration ticketLifetime) {
        return new Mode(
                name,
                new MatchingRules(new Teams(2, 1), new Window(100, 200, 1000), new Window(60, 10, 250), ticketLifetime),
                new MatchLimits(Duration.ofSeconds(10), 3, Duration.ofSeconds(30), Duration.ofMinutes(5)));
    }
}

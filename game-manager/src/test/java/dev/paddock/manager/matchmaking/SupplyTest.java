package dev.paddock.manager.matchmaking;

import static dev.paddock.manager.matchmaking.Waiters.NOW;
import static dev.paddock.manager.matchmaking.Waiters.playing;
import static dev.paddock.manager.matchmaking.Waiters.rules;
import static dev.paddock.manager.matchmaking.Waiters.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Role;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two teams of two, each with a tank. */
class SupplyTest {
    private static final List<String> REGIONS = List.of("eu", "us");
    private static final int EU = 0;
    private static final int US = 1;
    private static final MatchingRules RULES =
            rules(new Teams(2, 2), new Window(100, 25, 1000), new Role("tank", 1, 1), new Role("healer", 0, 1));

    private final Circle circle = new Circle(RULES, REGIONS, List.of(), 0);
    private final Supply supply = new Supply(circle, new Cast(RULES.roles(), 2));

    @Test
    void withoutTanksThereIsNoMatchHoweverManyWait() {
        for (int i = 0; i < 50; i++) {
            waits(playing(ticket("h" + i, 1500, 0), "healer"));
        }

        assertThat(supply.sufficesIn(EU)).isFalse();
    }

    @Test
    void tanksCountWhereTheyCanPlay() {
        waits(playing(ticket("a", 1500, 0, Map.of("eu", 20)), "tank"));
        waits(playing(ticket("b", 1500, 0, Map.of("eu", 20, "us", 30)), "healer tank"));

        assertThat(supply.sufficesIn(EU)).isTrue();
        assertThat(supply.sufficesIn(US)).isFalse();
    }

    @Test
    void whoHasLeftCountsNoMore() {
        waits(playing(ticket("a", 1500, 0), "tank"));
        int other = waits(playing(ticket("b", 1500, 0), "tank"));

        circle.remove(other);

        assertThat(supply.sufficesIn(EU)).isFalse();
    }

    @Test
    void ofMoreKindsThanAreToldApartAnyMayBeWhatIsMissing() {
        for (int size = 0; size < Circle.MOST_KINDS; size++) {
            String roles = "other" + size;
            waits(playing(ticket("t" + size, 1500, 0), roles));
        }

        assertThat(supply.sufficesIn(EU)).isTrue();
    }

    @Test
    void onceTheMissingTanksComeThoseWhoWaitedPlay() {
        Pool pool = new Pool(RULES, REGIONS);
        pool.add(playing(ticket("h", 1500, 9), "healer"));
        pool.add(playing(ticket("x", 1500, 9), ""));
        pool.add(playing(ticket("tank", 1500, 9), "tank"));
        int before = pool.match(NOW).matches().size();

        pool.add(playing(ticket("tank too", 1500, 0), "tank"));

        assertThat(before).isZero();
        assertThat(pool.match(NOW.plusMillis(1)).matches()).hasSize(1);
    }

    /** One who does not find a match yet, and stays on the ladders. */
    private int waits(Ticket ticket) {
        int place = circle.add(ticket);
        circle.pass(NOW, new ArrayList<>(), new ArrayList<>());
        supply.learn(place);
        return place;
    }
}

package dev.paddock.director.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.director.backend.Packing;
import dev.paddock.director.backend.Placement;
import dev.paddock.director.fleet.FleetLimits;
import dev.paddock.director.fleet.ServerBook;
import dev.paddock.director.key.PublicKey;
import dev.paddock.protocol.server.ServerEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpokenTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final ServerBook book =
            new ServerBook(new FleetLimits(9, 9, Duration.ofSeconds(7), Duration.ofSeconds(20), Packing.PACK), NOW);
    private final Spoken spoken = new Spoken(book, "games", InstantSource.system());

    @Test
    void aServerThatSaysTheSameAgainIsNotLookedAt() {
        heartbeat(0);
        assertThat(spoken.changed(NOW)).containsExactly("s1");

        heartbeat(0);
        assertThat(spoken.changed(NOW.plusMillis(500))).isEmpty();
        assertThat(spoken.changed(NOW.plusSeconds(60))).isEmpty();
    }

    @Test
    void playersWhoComeOneByOneAreLookedAtTogether() {
        heartbeat(0);
        spoken.changed(NOW);

        heartbeat(1);
        assertThat(spoken.changed(NOW.plusMillis(500))).isEmpty();
        heartbeat(2);
        assertThat(spoken.changed(NOW.plusSeconds(2))).isEmpty();
        assertThat(spoken.changed(NOW.plus(Spoken.PLAYERS_EVERY))).containsExactly("s1");
        assertThat(spoken.changed(NOW.plus(Spoken.PLAYERS_EVERY).plusMillis(500)))
                .isEmpty();
    }

    private void heartbeat(int players) {
        book.learn(
                new Placement("s1", "duel", "t1", "10.0.0.1", List.of(new PublicKey("pem", "pin")), false, true), NOW);
        book.heartbeat(
                new ServerEvent.Heartbeat("s1", "duel", null, false, Map.of("tcp", 4000), "pin", players, NOW), NOW);
    }
}

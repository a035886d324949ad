package dev.paddock.manager.matchmaking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.manager.mode.TestModes;
import dev.paddock.manager.ticket.TestTickets;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.Wish;
import dev.paddock.protocol.mode.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrivalWaitTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Mode DUEL = TestModes.duel("duel");

    @ParameterizedTest
    @CsvSource({
        // Renewal in, next moment in, next expiry in; and the wait: all ms.
        "1000,      ,      , 1000",
        "1000,   500,      ,  500",
        "1000,      ,   700,  700",
        "1000,   500,   700,  500",
        "1000,   700,   500,  500",
        " 300,   500,   700,  300",
        "1000,  5000, 60000, 1000",
        // Never 0, which is for ever to Redis, even when something was due before.
        "   0,      ,      ,    1",
        "1000,     0,      ,    1",
        "1000,   -20,      ,    1",
        "1000,      ,   -20,    1",
    })
    void itWaitsUntilTheFirstOfWhatIsDue(long renewal, @Nullable Long moment, @Nullable Long expiry, long expected) {
        Duration wait = ArrivalWait.of(Duration.ofMillis(renewal), NOW, in(moment), in(expiry));

        assertThat(wait).isEqualTo(Duration.ofMillis(expected));
    }

    @Test
    void aPartOfAMillisecondIsWaitedOutSoThatTheMomentIsNotMissed() {
        Duration wait = ArrivalWait.of(Duration.ofSeconds(1), NOW, NOW.plusNanos(1_000_001), null);

        assertThat(wait).isEqualTo(Duration.ofMillis(2));
    }

    @Test
    void twoWhoFitLaterAreWaitedForUntilThatMomentAndThenMatched() {
        Pool pool = new Pool(DUEL.matching(), List.of("eu"));
        pool.add(ticket("a", 1500));
        pool.add(ticket("b", 1700));

        Proposals early = pool.match(NOW);
        Duration wait = ArrivalWait.of(Duration.ofSeconds(1), NOW, early.nextMoment(), NOW.plusSeconds(600));
        Proposals then = pool.match(NOW.plus(wait));

        assertThat(early.matches()).isEmpty();
        // 200 apart: (200 - 100) / 200 = 0.5 s.
        assertThat(wait).isBetween(Duration.ofMillis(500), Duration.ofMillis(501));
        assertThat(then.matches()).hasSize(1);
    }

    private static @Nullable Instant in(@Nullable Long millis) {
        return millis == null ? null : NOW.plusMillis(millis);
    }

    private static Ticket ticket(String id, double rating) {
        Wish wish = TestTickets.wish(id, id, DUEL, rating);
        return Ticket.waiting(id, DUEL.name(), NOW, wish.players(), wish.attributes());
    }
}

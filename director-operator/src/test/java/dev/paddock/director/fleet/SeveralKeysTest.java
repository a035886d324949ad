package dev.paddock.director.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.director.backend.Packing;
import dev.paddock.director.backend.Placement;
import dev.paddock.director.key.PublicKey;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.server.ServerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A server that one director began and another finished: one of its keys is in its Secret, and only it knows which. */
class SeveralKeysTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final PublicKey ONE = new PublicKey("pem one", "pin one");
    private static final PublicKey TWO = new PublicKey("pem two", "pin two");

    private final ServerBook book =
            new ServerBook(new FleetLimits(3, 2, Duration.ofSeconds(7), Duration.ofSeconds(20), Packing.PACK), NOW);

    @Test
    void playersAreToldTheKeyThatTheServerHasProven() {
        book.learn(placement(ONE, TWO), NOW);
        ready("pin two", null);

        MatchEvent.Ready told = told();

        assertThat(told.endpoint().publicKey()).isEqualTo("pem two");
        assertThat(told.endpoint().publicKeySha256()).isEqualTo("pin two");
        assertThat(book.view("s1").orElseThrow().key()).isEqualTo(TWO);
    }

    @Test
    void whatIsLearntAgainOfAServerTakesNoKeyFromIt() {
        book.learn(placement(ONE, TWO), NOW);
        ready("pin two", null);
        book.learn(placement(ONE, TWO), NOW);

        assertThat(told().endpoint().publicKeySha256()).isEqualTo("pin two");
    }

    @Test
    void aKeyThatNobodyGaveItIsNotBelieved() {
        book.learn(placement(ONE, TWO), NOW);

        assertThat(ready("pin three", null)).isInstanceOf(EventStep.Distrust.class);
        assertThat(book.view("s1").orElseThrow().key()).isNull();
    }

    private MatchEvent.Ready told() {
        ready("pin two", "m1");
        return (MatchEvent.Ready) ((EventStep.Tell) ready("pin two", "m1")).event();
    }

    private EventStep ready(String pin, @Nullable String matchId) {
        return book.ready(new ServerEvent.Ready("s1", "duel", matchId, Map.of("tcp", 4000), pin, NOW), NOW);
    }

    private static Placement placement(PublicKey... keys) {
        return new Placement("s1", "duel", "t1", "10.0.0.1", List.of(keys), false, true);
    }
}

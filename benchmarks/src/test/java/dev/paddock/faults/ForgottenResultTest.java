package dev.paddock.faults;

import static dev.paddock.faults.CheckerTest.A;
import static dev.paddock.faults.CheckerTest.ANN;
import static dev.paddock.faults.CheckerTest.B;
import static dev.paddock.faults.CheckerTest.BOB;
import static dev.paddock.faults.CheckerTest.NOON;
import static dev.paddock.faults.CheckerTest.PLAYED;
import static dev.paddock.faults.CheckerTest.byId;
import static dev.paddock.faults.CheckerTest.history;
import static dev.paddock.faults.CheckerTest.killed;
import static dev.paddock.faults.CheckerTest.lossy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** MySQL has written that a match was cancelled, and then the primary that knew it died: it was played after all. */
class ForgottenResultTest {
    private static final Told CANCELLED =
            new Told.MatchIs(NOON.plusMillis(500), "ann", "m1", "CANCELLED", "server-lost");
    private static final Remains REMAINS =
            new Remains(byId(A, B), Map.of("m1", PLAYED), Map.of("m1", "CANCELLED"), 0, List.of(), Map.of());
    private static final String FOUND = "m1: it is ENDED, and in MySQL CANCELLED";

    @Test
    void whatWasToldInTheLastMomentOfThePrimaryMayBeForgotten() {
        assertThat(lossy(history(ANN, BOB, CANCELLED, killed(1)), REMAINS)).isEmpty();
    }

    @Test
    void whatWasToldLongBeforeMayNot() {
        assertThat(lossy(history(ANN, BOB, CANCELLED, killed(9)), REMAINS)).contains(FOUND);
    }

    @Test
    void whatNobodyWasToldIsNoExcuse() {
        assertThat(lossy(history(ANN, BOB, killed(1)), REMAINS)).contains(FOUND);
    }
}

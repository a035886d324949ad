package dev.paddock.director.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class KeyPoolTest {
    private static final ServerKey KEY = new ServerKey("private", "public", "pin");

    private final List<Long> madeAt = new CopyOnWriteArrayList<>();

    @Test
    void whileOthersAreReadyAKeyIsNotReplacedInTheMomentInWhichItIsTaken() throws Exception {
        Duration quiet = Duration.ofMillis(200);
        try (KeyPool keys = new KeyPool(this::make, quiet)) {
            // One more than there is room for: it waits for a place.
            awaitMade(KeyPool.READY + 1);

            long takenAt = System.nanoTime();
            keys.take();
            awaitMade(KeyPool.READY + 2);

            assertThat(Duration.ofNanos(madeAt.getLast() - takenAt)).isGreaterThanOrEqualTo(quiet);
        }
    }

    @Test
    void whenFewAreLeftTheNextIsMadeAtOnce() throws Exception {
        try (KeyPool keys = new KeyPool(this::make, Duration.ofDays(1))) {
            awaitMade(KeyPool.FEW);

            keys.take();

            awaitMade(KeyPool.FEW + 1);
        }
    }

    private void awaitMade(int count) {
        Awaitility.await(count + " keys were made")
                .pollInterval(Duration.ofMillis(5))
                .until(() -> madeAt.size() >= count);
    }

    private ServerKey make() {
        madeAt.add(System.nanoTime());
        return KEY;
    }
}

package dev.paddock.local.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.local.server.StartFailedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LanesTest {
    private final StringWriter said = new StringWriter();
    private final Screen screen = new Screen(new PrintWriter(said), InstantSource.system());

    @Test
    void aLaneWaitsForWhatItNeeds() {
        StringBuffer order = new StringBuffer();
        try (Lanes lanes = new Lanes()) {
            CountDownLatch second = new CountDownLatch(1);
            Lanes.Lane<String> base = lanes.start("base", String.class, () -> {
                second.await();
                order.append("base ");
                return "address";
            });
            lanes.start("service", StringBuffer.class, () -> order.append(base.await()));
            second.countDown();
            lanes.awaitAll(screen);
        }
        assertThat(order.toString()).isEqualTo("base address");
    }

    @Test
    void theFirstFailureEndsTheWaitWithItsSentenceAndInterruptsTheOthers() {
        AtomicBoolean interrupted = new AtomicBoolean();
        try (Lanes lanes = new Lanes()) {
            CountDownLatch sleeping = new CountDownLatch(1);
            lanes.start("slow", Boolean.class, () -> {
                try {
                    sleeping.countDown();
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.set(true);
                }
                return true;
            });
            lanes.start("broken", Boolean.class, () -> {
                sleeping.await();
                throw new StartFailedException("The disk is full.");
            });
            assertThatThrownBy(() -> lanes.awaitAll(screen))
                    .isInstanceOf(StartFailedException.class)
                    .hasMessage("The disk is full.");
        }
        assertThat(interrupted).isTrue();
    }

    @Test
    void aFailureReachesThoseWhoWaitForItUnchanged() {
        try (Lanes lanes = new Lanes()) {
            Lanes.Lane<String> base = lanes.start("base", String.class, () -> {
                throw new StartFailedException("No NATS.");
            });
            lanes.start("service", String.class, base::await);
            assertThatThrownBy(() -> lanes.awaitAll(screen)).hasMessage("No NATS.");
        }
    }
}

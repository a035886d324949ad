package dev.paddock.manager.warm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    @Test
    void allAreWarmWhenItIsOver() {
        AtomicInteger warm = new AtomicInteger();

        new WarmUp(List.of(warm::incrementAndGet, warm::incrementAndGet)).warm();

        assertThat(warm).hasValue(2);
    }

    @Test
    void onePartThatFailsLeavesTheOthersAndTheStartAlone() {
        AtomicInteger warm = new AtomicInteger();
        Warm fails = () -> {
            throw new IllegalStateException("what it needs is away");
        };

        new WarmUp(List.of(fails, warm::incrementAndGet)).warm();

        assertThat(warm).hasValue(1);
    }

    @Test
    void onePartThatHangsDoesNotHoldUpTheStart() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger hanging = new AtomicInteger();
        Warm hangs = () -> {
            hanging.incrementAndGet();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            hanging.decrementAndGet();
        };

        new WarmUp(List.of(hangs)).warm();

        assertThat(hanging).hasValue(1);
        never.countDown();
    }
}

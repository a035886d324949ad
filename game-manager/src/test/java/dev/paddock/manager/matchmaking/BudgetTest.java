package dev.paddock.manager.matchmaking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private final AtomicLong now = new AtomicLong();
    private final Budget budget = new Budget(now::get);

    @Test
    void aBurstIsAnsweredAndThenATenthOfTheTime() {
        // 200 ms at once, and what came in meanwhile.
        assertThat(answered(100, Duration.ofMillis(10))).isBetween(20, 23);

        now.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(answered(100, Duration.ofMillis(10))).isBetween(9, 12);
    }

    @Test
    void cheapQuestionsAreAllAnswered() {
        assertThat(answered(1000, Duration.ofNanos(10_000))).isEqualTo(1000);
    }

    /** Of so many questions that come one after the other, each of which takes so long if it is answered. */
    private int answered(int questions, Duration each) {
        int answered = 0;
        for (int i = 0; i < questions; i++) {
            Optional<String> answer = budget.spend(() -> {
                now.addAndGet(each.toNanos());
                return Optional.of("because");
            });
            answered += answer.isPresent() ? 1 : 0;
        }
        return answered;
    }
}

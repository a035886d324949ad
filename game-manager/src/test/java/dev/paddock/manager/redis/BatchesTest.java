package dev.paddock.manager.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final int MOST = 10;

    private final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();
    private final CountDownLatch open = new CountDownLatch(1);

    @Test
    void oneThatComesAloneGoesAtOnce() {
        open.countDown();

        assertThat(batches().call(7)).isEqualTo("7");
        assertThat(sizes).containsExactly(1);
    }

    @Test
    void thoseThatComeWhileOthersAreUnderWayGoTogetherAndGetEachItsOwnAnswer() throws Exception {
        Batches<Integer, String> batches = batches();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = IntStream.range(0, 102)
                    .mapToObj(i -> callers.submit(() -> batches.call(i)))
                    .toList();
            await("two are under way, and all others wait")
                    .until(() -> sizes.size() == 2 && batches.waiting() + sum() == 102);
            int first = sum();
            open.countDown();

            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo(Integer.toString(i));
            }
            assertThat(sizes).allMatch(size -> size <= MOST);
            // Full ones, but for the last of each sender.
            assertThat(sizes).hasSizeBetween(2 + (102 - first) / MOST, 4 + (102 - first) / MOST);
        }
    }

    @Test
    void whatABatchThrowsAllOfItsCallersGetAndNobodyElse() {
        open.countDown();
        Batches<Integer, String> batches = batches();

        assertThatThrownBy(() -> batches.call(-1)).isInstanceOf(RedisUnavailableException.class);
        assertThat(batches.call(1)).isEqualTo("1");
    }

    private int sum() {
        return sizes.stream().mapToInt(Integer::intValue).sum();
    }

    private Batches<Integer, String> batches() {
        return new Batches<>(MOST, questions -> {
            sizes.add(questions.size());
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (questions.contains(-1)) {
                throw new RedisUnavailableException("as the test wants it", new IllegalStateException());
            }
            return questions.stream().map(String::valueOf).toList();
        });
    }
}

package dev.paddock.manager.outlook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.manager.outlook.Figures.Wait;
import dev.paddock.protocol.queue.QueueReport.Spread;
import dev.paddock.protocol.queue.WaitEstimate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void aNewTicketIsToldHowLongTheOthersHadWaited() {
        assertThat(Figures.estimate(matchedAfter(100), 0)).isEqualTo(new WaitEstimate(2500L, 5000L, 7500L, 9000L, 100));
    }

    @Test
    void whoHasWaitedIsComparedWithThoseWhoWaitedAsLong() {
        // Of 100 tickets, 50 were matched before this one had waited as long; it fares like one of the rest.
        assertThat(Figures.estimate(matchedAfter(100), 5001))
                .isEqualTo(new WaitEstimate(1299L, 2499L, 3799L, 4499L, 50));
    }

    @Test
    void fewSamplesAreNoEstimate() {
        assertThat(Figures.estimate(matchedAfter(Figures.LEAST_SAMPLES - 1), 0)).isNull();
        assertThat(Figures.estimate(matchedAfter(100), 9000)).isNull();
    }

    @Test
    void whoExpiredCountsAsHavingWaitedLongerThanCanBeSaid() {
        List<Wait> waits = Stream.concat(
                        matchedAfter(60).stream(), IntStream.range(0, 40).mapToObj(i -> new Wait(300_000, true)))
                .toList();

        assertThat(Figures.estimate(waits, 0)).isEqualTo(new WaitEstimate(2500L, 5000L, null, null, 100));
    }

    @Test
    void aPercentileIsAFigureThatSoManyDoNotExceed() {
        assertThat(Figures.spread(IntStream.rangeClosed(1, 200).asDoubleStream().toArray()))
                .isEqualTo(new Spread(100, 190, 198, 200));
        assertThat(Figures.spread(new double[] {7})).isEqualTo(new Spread(7, 7, 7, 7));
        assertThat(Figures.spread(new double[0])).isNull();
    }

    /** After 100 ms, 200 ms, and so on. */
    private static List<Wait> matchedAfter(int tickets) {
        return LongStream.rangeClosed(1, tickets)
                .mapToObj(i -> new Wait(100 * i, false))
                .toList();
    }
}

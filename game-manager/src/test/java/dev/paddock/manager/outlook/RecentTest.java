package dev.paddock.manager.outlook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.protocol.queue.QueueReport;
import dev.paddock.protocol.queue.QueueReport.Spread;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Recent recent = new Recent(meters);

    @Test
    void aReportSaysHowGoodMatchesWereAndHowLongTheirTicketsWaited() {
        recent.formed("duel", new FormedFigures(List.of(1000L, 3000L), 120, 120, 45), NOW);
        recent.formed("duel", new FormedFigures(List.of(0L, 500L), 20, 20, null), NOW);
        recent.expired("duel", Duration.ofMinutes(5), NOW);

        QueueReport.Recent report = recent.report("duel", NOW);

        assertThat(report)
                .isEqualTo(new QueueReport.Recent(
                        2,
                        1,
                        new Spread(500, 3000, 3000, 3000),
                        new Spread(20, 120, 120, 120),
                        new Spread(20, 120, 120, 120),
                        new Spread(45, 45, 45, 45)));
    }

    @Test
    void eachModeHasItsOwn() {
        recent.formed("duel", new FormedFigures(List.of(1000L, 3000L), 120, 120, 45), NOW);

        assertThat(recent.report("brawl", NOW).matches()).isZero();
        assertThat(recent.estimate("brawl", 0, NOW)).isNull();
    }

    @Test
    void whatIsOlderThanAnHourIsForgotten() {
        for (int i = 0; i < 30; i++) {
            recent.formed("duel", new FormedFigures(List.of(1000L, 3000L), 120, 120, 45), NOW);
        }
        assertThat(recent.estimate("duel", 0, NOW)).isNotNull();

        Instant later = NOW.plus(Recent.YOUNG).plusSeconds(1);

        assertThat(recent.estimate("duel", 0, later)).isNull();
        assertThat(recent.report("duel", later).waitedMs()).isNull();
    }

    @Test
    void ofVeryManyTheNewestAreKept() {
        for (int i = 0; i < 10 * Recent.MOST; i++) {
            recent.formed("duel", new FormedFigures(List.of((long) i), i, i, i), NOW);
        }

        QueueReport.Recent report = recent.report("duel", NOW);

        assertThat(report.matches()).isEqualTo(Recent.MOST);
        assertThat(report.waitedMs()).isEqualTo(new Spread(4749, 4974, 4994, 4999));
    }

    @Test
    void metricsAreByModeAndByNoPlayer() {
        recent.formed("duel", new FormedFigures(List.of(1000L, 3000L), 120, 120, 45), NOW);

        assertThat(meters.get("paddock.queue.wait").tag("mode", "duel").timer().count())
                .isEqualTo(2);
        assertThat(meters.getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().getTags().stream()
                                .filter(tag -> !tag.getKey().equals("le"))
                                .map(tag -> tag.getKey()))
                        .containsExactly("mode"));
    }
}

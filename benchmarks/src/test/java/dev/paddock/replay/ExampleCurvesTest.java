package dev.paddock.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.protocol.mode.MatchingRules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first minutes of the example recordings: all of it is what {@code ./paddock replay FILE --plot} draws. */
class ExampleCurvesTest {
    private static final Duration MINUTES = Duration.ofMinutes(3);

    @ParameterizedTest
    @ValueSource(strings = {"duel.jsonl.gz", "teams.jsonl.gz"})
    void atTheSameWaitTheMatcherIsNoWorseThanGreedyOldestFirst(String file) throws IOException {
        Recording recording = Recording.open(Path.of("..", "examples", "recordings", file));
        MatchingRules rules = recording.rules().matching();
        Instant until = recording.start().plus(MINUTES);

        Curve matcher = Curve.of(recording, rules, ManagersMatcher::new, until, 1, 1.5);
        Curve greedy = Curve.of(recording, rules, GreedyOldestFirst::new, until, 0.7, 1, 1.5, 2.5);

        assertThat(matcher.worseThan(greedy)).isNotEmpty().allMatch(share -> share <= 0);
    }
}

package dev.paddock.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
    @Test
    void theScriptsWordsAreHere() {
        Map<String, CommandLine> words = new CommandLine(new Main()).getSubcommands();
        assertThat(words).containsOnlyKeys("faults", "bench", "replay");
    }
}

package dev.paddock.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReplayCommandTest {
    private static final String TRIED = """
            apiVersion: paddock.dev/v1
            kind: GameMode
            metadata: {name: duel}
            spec:
              matching:
                teams: {count: 2, size: 1}
                rank: {start: 400, widenPerSecond: 50, limit: 2000}
                latency: {start: 80, widenPerSecond: 10, limit: 300}
                ticketLifetime: 5m
            """;

    @TempDir
    Path folder;

    private Path recording = Path.of("");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void makeOneUp() {
        recording = folder.resolve("duel.jsonl.gz");
        assertThat(generate(recording)).isZero();
    }

    @Test
    void theSameInputGivesTheSameBytesTwice() throws IOException {
        Path again = folder.resolve("again.jsonl.gz");
        generate(again);
        assertThat(again).hasSameBinaryContentAs(recording);
        Path svg = folder.resolve("one.svg");
        Path svgAgain = folder.resolve("other.svg");

        String first = said(recording.toString(), "--json", "--plot", svg.toString());
        String second = said(recording.toString(), "--json", "--plot", svgAgain.toString());

        assertThat(second)
                .isEqualTo(first)
                .startsWith("{\"file\":\"duel.jsonl.gz\"")
                .contains("\"atSameWaitMean\"");
        assertThat(svgAgain).hasSameTextualContentAs(svg);
    }

    @Test
    void otherRulesStandBesideTheRecordedOnesWithTheDifference() throws IOException {
        Path mode = Files.writeString(folder.resolve("tried.yaml"), TRIED);

        String said = said(recording.toString(), "--mode", mode.toString());

        assertThat(said.lines()
                        .filter(line -> line.contains("its rules"))
                        .findFirst()
                        .orElseThrow())
                .containsSubsequence("its rules", "tried.yaml", "difference");
        assertThat(said.lines()
                        .filter(line -> line.startsWith("wait of the matched, mean"))
                        .findFirst()
                        .orElseThrow())
                .containsPattern("-\\d");
    }

    @Test
    void severalRulesStandSideBySide() throws IOException {
        Path wide = Files.writeString(folder.resolve("wide.yaml"), TRIED);
        Path narrow = Files.writeString(folder.resolve("narrow.yaml"), TRIED.replace("400", "40"));

        String said = said(recording.toString(), "--mode", wide.toString(), "--mode", narrow.toString());

        assertThat(said).containsSubsequence("its rules", "wide.yaml", "narrow.yaml");
    }

    @Test
    void aTypoInTheTriedRulesIsNamed() throws IOException {
        Path mode = Files.writeString(folder.resolve("tried.yaml"), TRIED.replace("widenPerSecond", "widenPerSec"));

        assertThat(run(recording.toString(), "--mode", mode.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("spec.matching.rank").contains("widenPerSec");
    }

    @Test
    void aMalformedLineIsNamedWithItsFile() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.jsonl"), "{}\n");

        assertThat(run(broken.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("broken.jsonl:1: type must be", "docs/replay.md");
    }

    @Test
    void aPlotIsAlsoDrawnAsPng() throws IOException {
        Path png = folder.resolve("plot.png");

        run(recording.toString(), "--plot", png.toString());

        assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G');
    }

    private int generate(Path to) {
        return run("generate", "duel", to.toString(), "--players", "300", "--seconds", "600", "--seed", "5");
    }

    private String said(String... arguments) {
        out.getBuffer().setLength(0);
        assertThat(run(arguments)).as(err.toString()).isZero();
        return out.toString();
    }

    private int run(String... arguments) {
        return new CommandLine(new ReplayCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}

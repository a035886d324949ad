package dev.paddock.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.manager.recording.RecordedLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingTest {
    private static final String RULES = "{'type':'Rules','version':1,'at':'2026-01-01T00:00:00Z','mode':'duel',"
            + "'regions':['eu'],'matching':{'teams':{'count':2,'size':1},'rank':{'start':100,'widenPerSecond':10,"
            + "'limit':500},'latency':{'start':100,'widenPerSecond':0,'limit':100},'ticketLifetime':'1m'}}";

    private static final String LEFT = "{'type':'Left','at':'2026-01-01T00:00:00Z','ticketId':'a'}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'type':'Queued',                                                          | not JSON
            {'type':'Arrived'}                                                         | type must be Rules, Queued, Left, Formed or Dropped, is 'Arrived'
            {'at':'2026-01-01T00:00:00Z','ticketId':'a'}                               | type must be Rules, Queued, Left, Formed or Dropped, is missing
            {'type':'Left','ticketId':'a'}                                             | at is missing
            {'type':'Left','at':'2025-01-01T00:00:00Z','ticketId':'a'}                 | before that of the line above
            {'type':'Left','at':'yesterday','ticketId':'a'}                            | at:
            {'type':'Left','at':'2026-01-01T00:00:00Z','ticketId':'a','why':'x'}       | why
            {'type':'Queued','at':'2026-01-01T00:00:00Z','ticketId':'a'}               | players is missing
            {'type':'Queued','at':'2026-01-01T00:00:00Z','ticketId':'a','players':[]}  | players is empty
            {'type':'Queued','at':'2026-01-01T00:00:00Z','ticketId':'a','players':[{'playerId':'p'}]} | rating
            {'type':'Queued','at':'2026-01-01T00:00:00Z','ticketId':'a','players':[{'playerId':'p','rating':1,'latencies':{'eu':-1}}]} | latencies.eu must be 0 or more, is -1
            """)
    void aMalformedLineIsRefusedWithItsNumberAndWhatIsWrong(String line, String why) throws IOException {
        Path file = file(RULES + "\n\n" + line + "\n");

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(MalformedRecordingException.class)
                .hasMessageStartingWith(file + ":3: ")
                .hasMessageContaining(why);
    }

    @Test
    void aFileWithoutRulesIsRefused() throws IOException {
        Path file = file("{'type':'Left','at':'2026-01-01T00:00:00Z','ticketId':'a'}");

        assertThatThrownBy(() -> read(file))
                .hasMessageContaining("recording.jsonl:1: the first line must be of type Rules, is Left");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        Path file = file("");

        assertThatThrownBy(() -> read(file)).hasMessageContaining("the recording is empty");
    }

    @Test
    void rulesThatCannotBeAreRefusedWithTheField() throws IOException {
        Path file = file(RULES.replace("'count':2", "'count':0"));

        assertThatThrownBy(() -> read(file)).hasMessageContaining(":1: ").hasMessageContaining("teams.count");
    }

    @Test
    void whatIsWrittenIsReadAgainAlsoGzipped() throws IOException {
        List<RecordedLine> lines = read(file(RULES + "\n" + LEFT));
        Path plain = folder.resolve("again.jsonl");
        Path gzipped = folder.resolve("again.jsonl.gz");

        Recording.write(plain, lines);
        Recording.write(gzipped, lines);

        assertThat(read(plain)).hasSize(2).isEqualTo(lines);
        assertThat(read(gzipped)).isEqualTo(lines);
        assertThat(Files.size(gzipped)).isLessThan(Files.size(plain));
    }

    @Test
    void aLineIsReadWhenItsTurnComesSoThatAFileMayBeLargerThanMemory() throws IOException {
        Path file = file(RULES + ("\n" + LEFT).repeat(10_000) + "\nbroken");

        try (RecordingReader reader = Recording.open(file).lines()) {
            for (int i = 0; i <= 10_000; i++) {
                assertThat(reader.next()).isNotNull();
            }
            assertThatThrownBy(reader::next).hasMessageContaining("recording.jsonl:10002: not JSON");
        }
    }

    static List<RecordedLine> read(Path file) throws IOException {
        List<RecordedLine> lines = new ArrayList<>();
        try (RecordingReader reader = Recording.open(file).lines()) {
            for (RecordedLine line = reader.next(); line != null; line = reader.next()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("recording.jsonl"), text.replace('\'', '"'));
    }
}

package dev.paddock.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingTest {
    private static final String RULES = "{'type':'Rules','version':1,'at':'2026-01-01T00:00:00Z','mode':'duel',"
            + "'regions':['eu'],'matching':{'teams':{'count':2,'size':1},'rank':{'start':100,'widenPerSecond':10,"
            + "'limit':500},'latency':{'start':100,'widenPerSecond':0,'limit':100},'ticketLifetime':'1m'}}";

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

        assertThatThrownBy(() -> Recording.read(file))
                .isInstanceOf(MalformedRecordingException.class)
                .hasMessageStartingWith("3: ")
                .hasMessageContaining(why);
    }

    @Test
    void aFileWithoutRulesIsRefused() throws IOException {
        Path file = file("{'type':'Left','at':'2026-01-01T00:00:00Z','ticketId':'a'}");

        assertThatThrownBy(() -> Recording.read(file)).hasMessage("1: the first line must be of type Rules, is Left");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        Path file = file("");

        assertThatThrownBy(() -> Recording.read(file)).hasMessageContaining("the recording is empty");
    }

    @Test
    void rulesThatCannotBeAreRefusedWithTheField() throws IOException {
        Path file = file(RULES.replace("'count':2", "'count':0"));

        assertThatThrownBy(() -> Recording.read(file))
                .hasMessageContaining("1: ")
                .hasMessageContaining("teams.count");
    }

    @Test
    void whatIsWrittenIsReadAgainAlsoGzipped() throws IOException {
        Recording recording = Recording.read(file(RULES));
        Path plain = folder.resolve("again.jsonl");
        Path gzipped = folder.resolve("again.jsonl.gz");

        recording.write(plain);
        recording.write(gzipped);

        assertThat(Recording.read(plain)).isEqualTo(recording);
        assertThat(Recording.read(gzipped)).isEqualTo(recording);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("recording.jsonl"), text.replace('\'', '"'));
    }
}

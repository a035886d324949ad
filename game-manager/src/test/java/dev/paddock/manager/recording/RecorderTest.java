package dev.paddock.manager.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.manager.mode.TestModes;
import dev.paddock.manager.recording.RecordedLine.Formed;
import dev.paddock.manager.recording.RecordedLine.Left;
import dev.paddock.manager.recording.RecordedLine.Queued;
import dev.paddock.manager.recording.RecordedLine.Rules;
import dev.paddock.manager.redis.StreamEntry;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.match.Loadout;
import dev.paddock.protocol.mode.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
    private static final Mode DUEL = TestModes.duel("duel");
    private static final List<String> REGIONS = List.of("eu");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void whatTheLoopSawIsInTheFileOfTheDayInItsOrder() throws IOException {
        Ticket waiting = ticket("waiting", NOON.minusSeconds(30), "ada");
        Ticket other = ticket("other", NOON.plusSeconds(1), "bob");

        record(
                new Note.Loaded(NOON, List.of(waiting)),
                arrived(NOON.plusSeconds(1), other),
                new Note.Arrived(NOON.plusSeconds(2), List.of(new StreamEntry("9-0", Map.of("ticketId", "gone")))),
                new Note.Formed(NOON.plusSeconds(3), "eu", List.of(List.of("waiting"), List.of("other"))));

        List<RecordedLine> lines = lines("duel-2026-03-01.jsonl");
        assertThat(lines)
                .extracting(line -> line.getClass().getSimpleName())
                .containsExactly("Rules", "Queued", "Queued", "Left", "Formed");
        Rules rules = (Rules) lines.getFirst();
        assertThat(rules.matching()).isEqualTo(DUEL.matching());
        assertThat(rules.regions()).isEqualTo(REGIONS);
        Queued first = (Queued) lines.get(1);
        Queued second = (Queued) lines.get(2);
        assertThat(first.waitsSince()).isEqualTo(NOON.minusSeconds(30));
        assertThat(second.since()).isNull();
        assertThat(((Formed) lines.get(4)).teams())
                .containsExactly(List.of(first.ticketId()), List.of(second.ticketId()));
        assertThat(((Left) lines.get(3)).ticketId()).isNotIn(first.ticketId(), second.ticketId());
    }

    @Test
    void nobodyCanBeFoundInAFileButAvoidListsStillMean() throws IOException {
        TicketPlayer avoiding = new TicketPlayer(
                "ada-id",
                "Ada",
                1500,
                Map.of("eu", 20),
                new Loadout("car", List.of("item"), Map.of("grip", 1.0)),
                List.of(),
                List.of("bob-id"));
        Ticket one = Ticket.waiting("one", "duel", NOON, List.of(avoiding), Map.of("client", "secret-1.2"));

        record(new Note.Loaded(NOON, List.of(one, ticket("two", NOON, "bob"))));

        Path file = folder.resolve("duel-2026-03-01.jsonl");
        assertThat(Files.readString(file))
                .doesNotContain("ada", "Ada", "bob", "car", "item", "grip", "secret", "\"one\"");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        Queued first = (Queued) lines(file.getFileName().toString()).get(1);
        Queued second = (Queued) lines(file.getFileName().toString()).get(2);
        assertThat(first.players().getFirst().avoids())
                .containsExactly(second.players().getFirst().playerId());
    }

    @Test
    void theSameIdsHaveOtherNamesInEachFile() throws IOException {
        Ticket ticket = ticket("ticket", NOON, "ada");

        record(new Note.Loaded(NOON, List.of(ticket)), new Note.Loaded(NOON.plusSeconds(1), List.of(ticket)));

        Queued one = (Queued) lines("duel-2026-03-01.jsonl").get(1);
        Queued again = (Queued) lines("duel-2026-03-01.2.jsonl").get(1);
        assertThat(one.ticketId()).isNotEqualTo(again.ticketId());
    }

    @Test
    void aNewDayHasItsOwnFile() throws IOException {
        record(
                new Note.Loaded(NOON, List.of()),
                arrived(NOON.plusSeconds(86_400), ticket("tomorrow", NOON.plusSeconds(86_400), "ada")));

        assertThat(lines("duel-2026-03-01.jsonl")).hasSize(1);
        assertThat(lines("duel-2026-03-02.jsonl")).hasSize(2);
    }

    @Test
    void aClockThatIsSetBackMakesNoFileThatGoesBack() throws IOException {
        record(new Note.Loaded(NOON, List.of()), arrived(NOON.minusSeconds(5), ticket("late", NOON, "ada")));

        assertThat(lines("duel-2026-03-01.jsonl").get(1).at()).isEqualTo(NOON);
    }

    @Test
    void moreNotesThanCanBeWrittenAreDroppedCountedAndSaid() throws IOException {
        int notes = 20_000;
        Recorder recorder = new Recorder(new RecorderSettings(folder, 1), new SecureRandom());
        recorder.note(DUEL, REGIONS, new Note.Loaded(NOON, List.of()));
        for (int i = 0; i < notes; i++) {
            recorder.note(DUEL, REGIONS, arrived(NOON, ticket("t" + i, NOON, "p" + i)));
        }
        recorder.close();

        assertThat(recorder.dropped()).isPositive();
        List<RecordedLine> lines = lines("duel-2026-03-01.jsonl");
        long written = lines.stream().filter(line -> line instanceof Queued).count();
        assertThat(written + recorder.dropped()).isEqualTo(notes);
    }

    @Test
    void aFolderThatCannotBeIsRefusedWithWhatToSet() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> new Recorder(new RecorderSettings(file, 1), new SecureRandom()))
                .hasMessageContaining("Set paddock.recorder.folder");
    }

    private void record(Note... notes) {
        try (Recorder recorder = new Recorder(new RecorderSettings(folder, 1000), new SecureRandom())) {
            for (Note note : notes) {
                recorder.note(DUEL, REGIONS, note);
            }
        }
    }

    private List<RecordedLine> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file)).stream()
                .map(line -> Json.read(line, RecordedLine.class))
                .toList();
    }

    private static Note arrived(Instant at, Ticket ticket) {
        return new Note.Arrived(
                at,
                List.of(new StreamEntry("1-0", Map.of("ticketId", ticket.ticketId(), "ticket", Json.text(ticket)))));
    }

    private static Ticket ticket(String id, Instant createdAt, String player) {
        TicketPlayer one = new TicketPlayer(
                player + "-id", player, 1500, Map.of("eu", 20), new Loadout("car", List.of(), Map.of()));
        return Ticket.waiting(id, "duel", createdAt, List.of(one), Map.of());
    }
}

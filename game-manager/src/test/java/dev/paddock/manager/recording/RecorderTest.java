package dev.paddock.manager.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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
import java.nio.file.attribute.FileTime;
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
    void whatTheLoopSawIsInTheFileInItsOrder() throws IOException {
        Ticket waiting = ticket("waiting", NOON.minusSeconds(30), "ada");
        Ticket other = ticket("other", NOON.plusSeconds(1), "bob");

        record(
                new Note.Loaded(NOON, List.of(waiting)),
                arrived(NOON.plusSeconds(1), other),
                new Note.Arrived(NOON.plusSeconds(2), List.of(new StreamEntry("9-0", Map.of("ticketId", "gone")))),
                new Note.Formed(NOON.plusSeconds(3), "eu", List.of(List.of("waiting"), List.of("other"))));

        List<RecordedLine> lines = lines("duel-20260301T120000Z.jsonl");
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

        Path file = folder.resolve("duel-20260301T120000Z.jsonl");
        assertThat(Files.readString(file))
                .doesNotContain("ada-id", "Ada", "bob", "car", "item", "grip", "secret", "\"one\"");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        Queued first = (Queued) lines(file.getFileName().toString()).get(1);
        Queued second = (Queued) lines(file.getFileName().toString()).get(2);
        assertThat(first.players().getFirst().avoids())
                .containsExactly(second.players().getFirst().playerId());
    }

    @Test
    void theSameIdsHaveOtherNamesInEachFile() throws IOException {
        Ticket ticket = ticket("ticket", NOON, "ada");

        record(new Note.Loaded(NOON, List.of(ticket)), new Note.Loaded(NOON, List.of(ticket)));

        Queued one = (Queued) lines("duel-20260301T120000Z.jsonl").get(1);
        Queued again = (Queued) lines("duel-20260301T120000Z.2.jsonl").get(1);
        assertThat(one.ticketId()).isNotEqualTo(again.ticketId());
    }

    @Test
    void aFullFileIsFollowedByOneThatBeginsWithAllThatWait() throws IOException {
        Instant tomorrow = NOON.plusSeconds(86_400);
        Ticket waiting = ticket("waiting", NOON, "ada");
        try (Recorder recorder = recorder(folder, 1000)) {
            recorder.note(DUEL, REGIONS, new Note.Loaded(NOON, List.of(waiting)));
            assertThat(recorder.wantsAll("duel")).isFalse();
            recorder.note(DUEL, REGIONS, arrived(tomorrow, ticket("other", tomorrow, "bob")));
            await().untilAsserted(() ->
                    assertThat(recorder.wantsAll("duel")).as("wants all").isTrue());
            recorder.note(DUEL, REGIONS, new Note.Loaded(tomorrow.plusSeconds(1), List.of(waiting)));
        }

        assertThat(lines("duel-20260301T120000Z.jsonl")).hasSize(3);
        List<RecordedLine> next = lines("duel-20260302T120001Z.jsonl");
        assertThat(((Queued) next.get(1)).waitsSince()).isEqualTo(NOON);
    }

    @Test
    void theOldestRecordingsAreDeletedAndNothingElse() throws IOException {
        Path oldest = old("duel-20260101T000000Z.jsonl", 1);
        Path old = old("duel-20260101T000000Z.2.jsonl", 2);
        Path young = old("teams-20260102T000000Z.jsonl", 3);
        Path another = old("notes.jsonl", 0);

        OldRecordings.delete(folder, 1500);

        assertThat(folder).isDirectoryContaining(young::equals).isDirectoryContaining(another::equals);
        assertThat(oldest).doesNotExist();
        assertThat(old).doesNotExist();
    }

    @Test
    void aClockThatIsSetBackMakesNoFileThatGoesBack() throws IOException {
        record(new Note.Loaded(NOON, List.of()), arrived(NOON.minusSeconds(5), ticket("late", NOON, "ada")));

        assertThat(lines("duel-20260301T120000Z.jsonl").get(1).at()).isEqualTo(NOON);
    }

    @Test
    void moreNotesThanCanBeWrittenAreDroppedCountedAndSaid() throws IOException {
        int notes = 20_000;
        Recorder recorder = recorder(folder, 1);
        recorder.note(DUEL, REGIONS, new Note.Loaded(NOON, List.of()));
        for (int i = 0; i < notes; i++) {
            recorder.note(DUEL, REGIONS, arrived(NOON, ticket("t" + i, NOON, "p" + i)));
        }
        recorder.close();

        assertThat(recorder.dropped()).isPositive();
        List<RecordedLine> lines = lines("duel-20260301T120000Z.jsonl");
        long written = lines.stream().filter(line -> line instanceof Queued).count();
        assertThat(written + recorder.dropped()).isEqualTo(notes);
    }

    @Test
    void aFolderThatCannotBeIsRefusedWithWhatToSet() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> recorder(file, 1)).hasMessageContaining("Set paddock.recorder.folder");
    }

    private void record(Note... notes) {
        try (Recorder recorder = recorder(folder, 1000)) {
            for (Note note : notes) {
                recorder.note(DUEL, REGIONS, note);
            }
        }
    }

    private static Recorder recorder(Path folder, int backlog) {
        return new Recorder(new RecorderSettings(folder, backlog, 1, 2), new SecureRandom());
    }

    private Path old(String name, int hour) throws IOException {
        Path file = Files.write(folder.resolve(name), new byte[1000]);
        return Files.setLastModifiedTime(file, FileTime.from(NOON.plusSeconds(3600L * hour)));
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

package dev.paddock.manager.recording;

import dev.paddock.manager.recording.RecordedLine.RecordedPlayer;
import dev.paddock.manager.redis.StreamEntry;
import dev.paddock.manager.ticket.Arrival;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.mode.Mode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One file of one mode: all tickets that wait when it begins, and what follows. */
final class RecordingFile implements AutoCloseable {
    private static final FileAttribute<?> OURS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** A lease that changes hands all the time must not make files without end. */
    private static final int MOST_A_SECOND = 100;

    private final Path path;
    private final LocalDate day;
    private final Aliases aliases;
    private final BufferedWriter writer;

    private @Nullable Mode mode;
    private List<String> regions = List.of();
    private Instant last = Instant.MIN;
    private long size;

    private RecordingFile(Path path, LocalDate day, Aliases aliases) throws IOException {
        this.path = path;
        this.day = day;
        this.aliases = aliases;
        this.writer = Files.newBufferedWriter(path);
    }

    /** A new one: {@code <mode>-<time>.jsonl}, and {@code <mode>-<time>.2.jsonl} if there is one of that second. */
    static RecordingFile create(Path folder, String mode, Instant at, RandomGenerator random) throws IOException {
        for (int number = 1; number <= MOST_A_SECOND; number++) {
            String name = mode + "-" + TIME.format(at) + (number == 1 ? "" : "." + number) + ".jsonl";
            try {
                Path path = Files.createFile(folder.resolve(name), OURS);
                return new RecordingFile(path, day(at), new Aliases(random));
            } catch (FileAlreadyExistsException e) {
                // Of another replica, or of an earlier time with the lease: the next number.
                continue;
            }
        }
        throw new IOException(
                "there are " + MOST_A_SECOND + " recordings of " + mode + " of " + TIME.format(at) + " in " + folder);
    }

    private static LocalDate day(Instant at) {
        return at.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    Path path() {
        return path;
    }

    /** Whether the next one should follow: it is large, or of another day. */
    boolean isFull(Instant at, long mostBytes) {
        return size >= mostBytes || !day(at).equals(day);
    }

    void write(Mode matchedBy, List<String> inRegions, Note note) throws IOException {
        // A clock that is set back would make a file that cannot be replayed.
        Instant at = note.at().truncatedTo(ChronoUnit.MILLIS);
        last = at.isBefore(last) ? last : at;
        rules(matchedBy, inRegions);
        switch (note) {
            case Note.Loaded(Instant ignored, List<Ticket> waiting) -> {
                for (Ticket ticket : waiting) {
                    line(queued(ticket));
                }
            }
            case Note.Arrived(Instant ignored, List<StreamEntry> entries) -> {
                for (StreamEntry entry : entries) {
                    arrived(Arrival.of(entry));
                }
            }
            case Note.Seated(Instant ignored, List<String> ticketIds) -> {
                for (String ticketId : ticketIds) {
                    line(new RecordedLine.Left(last, aliases.of(ticketId)));
                }
            }
            case Note.Formed(Instant ignored, String region, List<List<String>> teams) -> line(formed(region, teams));
        }
    }

    /** Says that notes are missing here. */
    void dropped(long count) throws IOException {
        if (mode != null) {
            line(new RecordedLine.Dropped(last, count));
        }
    }

    void flush() throws IOException {
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private void rules(Mode matchedBy, List<String> inRegions) throws IOException {
        // Most often the very same objects.
        boolean known = mode != null
                && (mode == matchedBy || mode.matching().equals(matchedBy.matching()))
                && (regions == inRegions || regions.equals(inRegions));
        mode = matchedBy;
        regions = inRegions;
        if (!known) {
            line(new RecordedLine.Rules(RecordedLine.VERSION, last, matchedBy.name(), inRegions, matchedBy.matching()));
        }
    }

    private void arrived(Arrival arrival) throws IOException {
        for (Ticket ticket : arrival.queued()) {
            line(queued(ticket));
        }
        if (arrival.left() != null) {
            line(new RecordedLine.Left(last, aliases.of(arrival.left())));
        }
    }

    private RecordedLine queued(Ticket ticket) {
        Instant since = ticket.createdAt().truncatedTo(ChronoUnit.MILLIS);
        Map<String, String> attributes = new TreeMap<>();
        ticket.attributes().forEach((name, value) -> attributes.put(name, aliases.of(value)));
        return new RecordedLine.Queued(
                last,
                aliases.of(ticket.ticketId()),
                since.isBefore(last) ? since : null,
                ticket.returned() ? true : null,
                ticket.players().stream().map(this::player).toList(),
                attributes.isEmpty() ? null : attributes);
    }

    private RecordedPlayer player(TicketPlayer player) {
        return new RecordedPlayer(
                aliases.of(player.playerId()),
                player.rating(),
                player.uncertainty() == 0 ? null : player.uncertainty(),
                player.latencies().isEmpty() ? null : new TreeMap<>(player.latencies()),
                player.roles().isEmpty() ? null : player.roles(),
                player.avoids().isEmpty()
                        ? null
                        : player.avoids().stream().map(aliases::of).toList());
    }

    private RecordedLine formed(String region, List<List<String>> teams) {
        return new RecordedLine.Formed(
                last,
                region,
                teams.stream()
                        .map(team -> team.stream().map(aliases::of).toList())
                        .toList());
    }

    private void line(RecordedLine line) throws IOException {
        String text = Json.text(line);
        writer.write(text);
        writer.write('\n');
        // Ids and most names are ASCII: near enough.
        size += text.length() + 1;
    }
}

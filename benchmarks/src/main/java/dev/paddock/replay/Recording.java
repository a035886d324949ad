package dev.paddock.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import dev.paddock.manager.recording.RecordedLine;
import dev.paddock.protocol.Json;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** What a recorder wrote, or the generator made: lines in the order of time, the first of them the rules. */
record Recording(List<RecordedLine> lines) {
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final ObjectReader READER = Json.newMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .readerFor(RecordedLine.class);

    Recording {
        lines = List.copyOf(lines);
        if (lines.isEmpty() || !(lines.getFirst() instanceof RecordedLine.Rules)) {
            throw new IllegalArgumentException("the first line of a recording is its rules");
        }
    }

    /**
     * Reads a file, also one that is gzipped.
     *
     * @throws MalformedRecordingException if a line is no line of a recording
     */
    static Recording read(Path file) throws IOException {
        try (BufferedReader reader = open(file)) {
            return read(reader);
        }
    }

    private static Recording read(BufferedReader reader) throws IOException {
        List<RecordedLine> lines = new ArrayList<>();
        int number = 0;
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
            number++;
            if (text.isBlank()) {
                continue;
            }
            RecordedLine line = parse(text, number);
            if (lines.isEmpty() && !(line instanceof RecordedLine.Rules)) {
                throw new MalformedRecordingException(
                        number,
                        "the first line must be of type Rules, is "
                                + line.getClass().getSimpleName());
            }
            if (!lines.isEmpty() && line.at().isBefore(lines.getLast().at())) {
                throw new MalformedRecordingException(
                        number,
                        "at is " + line.at() + ", before that of the line above, "
                                + lines.getLast().at());
            }
            lines.add(line);
        }
        if (lines.isEmpty()) {
            throw new MalformedRecordingException(1, "the recording is empty; its first line must be of type Rules");
        }
        return new Recording(lines);
    }

    /** Writes it, gzipped if the file's name ends in {@code .gz}; the same recording gives the same bytes. */
    void write(Path file) throws IOException {
        String text = lines.stream().map(line -> Json.text(line) + "\n").collect(Collectors.joining());
        try (OutputStream raw = Files.newOutputStream(file);
                OutputStream out = file.toString().endsWith(".gz") ? new GZIPOutputStream(raw) : raw;
                BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
            writer.write(text);
        }
    }

    RecordedLine.Rules rules() {
        return (RecordedLine.Rules) lines.getFirst();
    }

    Instant start() {
        return lines.getFirst().at();
    }

    Instant end() {
        return lines.getLast().at();
    }

    /** How many notes the recorder could not write. */
    long dropped() {
        return lines.stream()
                .mapToLong(line -> line instanceof RecordedLine.Dropped dropped ? dropped.count() : 0)
                .sum();
    }

    private static RecordedLine parse(String text, int number) {
        try {
            return READER.readValue(text);
        } catch (InvalidTypeIdException e) {
            String type = e.getTypeId() == null ? "is missing" : "is '" + e.getTypeId() + "'";
            throw new MalformedRecordingException(
                    number, "type must be Rules, Queued, Left, Formed or Dropped, " + type);
        } catch (JsonMappingException e) {
            String path = e.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                    .collect(Collectors.joining("."));
            throw new MalformedRecordingException(number, (path.isEmpty() ? "" : path + ": ") + message(e));
        } catch (JsonProcessingException e) {
            throw new MalformedRecordingException(number, "not JSON: " + message(e));
        }
    }

    private static String message(JsonProcessingException e) {
        Throwable cause = e.getCause() instanceof IllegalArgumentException ? e.getCause() : e;
        String text = cause == e ? e.getOriginalMessage() : String.valueOf(cause.getMessage());
        return text.lines().findFirst().orElse("");
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        InputStream plain = magic == GZIP_MAGIC ? new GZIPInputStream(in) : in;
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
    }
}

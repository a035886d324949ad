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
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a recording line by line, and refuses what is none: nothing is guessed, nothing passed over. */
final class RecordingReader implements AutoCloseable {
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final ObjectReader READER = Json.newMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .readerFor(RecordedLine.class);

    private final Path file;
    private final BufferedReader reader;
    private int number;
    private @Nullable RecordedLine before;

    RecordingReader(Path file) throws IOException {
        this.file = file;
        this.reader = open(file);
    }

    /** The first line. */
    RecordedLine.Rules rules() throws IOException {
        if (next() instanceof RecordedLine.Rules rules) {
            return rules;
        }
        throw malformed("the recording is empty; its first line must be of type Rules");
    }

    /**
     * The next line; null at the end.
     *
     * @throws MalformedRecordingException if it is no line of a recording
     */
    @Nullable
    RecordedLine next() throws IOException {
        String text = reader.readLine();
        number++;
        while (text != null && text.isBlank()) {
            text = reader.readLine();
            number++;
        }
        if (text == null) {
            return null;
        }
        RecordedLine line = parse(text);
        if (before == null && !(line instanceof RecordedLine.Rules)) {
            throw malformed("the first line must be of type Rules, is "
                    + line.getClass().getSimpleName());
        }
        if (before != null && line.at().isBefore(before.at())) {
            throw malformed("at is " + line.at() + ", before that of the line above, " + before.at());
        }
        before = line;
        return line;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private RecordedLine parse(String text) {
        try {
            return READER.readValue(text);
        } catch (InvalidTypeIdException e) {
            String type = e.getTypeId() == null ? "is missing" : "is '" + e.getTypeId() + "'";
            throw malformed("type must be Rules, Queued, Left, Formed or Dropped, " + type);
        } catch (JsonMappingException e) {
            String path = e.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                    .collect(Collectors.joining("."));
            throw malformed((path.isEmpty() ? "" : path + ": ") + message(e));
        } catch (JsonProcessingException e) {
            throw malformed("not JSON: " + message(e));
        }
    }

    private MalformedRecordingException malformed(String what) {
        return new MalformedRecordingException(file, number, what);
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

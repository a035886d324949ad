package dev.paddock.replay;

import dev.paddock.manager.recording.RecordedLine;
import dev.paddock.protocol.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * A file that a recorder wrote, or the generator. It is read anew each time it is gone through, and may be larger than
 * memory.
 *
 * @param rules its first line
 */
record Recording(Path file, RecordedLine.Rules rules) {
    /**
     * Looks at the first line of a file, also one that is gzipped.
     *
     * @throws MalformedRecordingException if it is no recording
     */
    static Recording open(Path file) throws IOException {
        try (RecordingReader reader = new RecordingReader(file)) {
            return new Recording(file, reader.rules());
        }
    }

    /** Writes one, gzipped if the file's name ends in {@code .gz}; the same lines give the same bytes. */
    static void write(Path file, List<RecordedLine> lines) throws IOException {
        try (OutputStream raw = Files.newOutputStream(file);
                OutputStream out = file.toString().endsWith(".gz") ? new GZIPOutputStream(raw) : raw;
                BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
            for (RecordedLine line : lines) {
                writer.write(Json.text(line));
                writer.write('\n');
            }
        }
    }

    /** Its lines, from the first on; the caller closes them. */
    RecordingReader lines() throws IOException {
        return new RecordingReader(file);
    }

    String name() {
        return String.valueOf(file.getFileName());
    }

    Instant start() {
        return rules.at();
    }
}

package dev.paddock.gameserver.channel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of bounded length out of a stream; a carriage return before the line feed is taken off. */
final class LineReader {
    private final InputStream in;
    private final byte[] buffer;
    private int start;
    private int end;

    LineReader(InputStream in, int longest) {
        this.in = in;
        this.buffer = new byte[longest + 2];
    }

    /** A line was longer than allowed. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(int longest) {
            super("a line of more than " + longest + " bytes");
        }
    }

    /** The next line; null at the end of the stream. What follows the last line feed is not a line. */
    @Nullable
    String next() throws IOException {
        int scanned = start;
        while (true) {
            for (int i = scanned; i < end; i++) {
                if (buffer[i] == '\n') {
                    return take(i);
                }
            }
            scanned = end;
            if (start > 0) {
                System.arraycopy(buffer, start, buffer, 0, end - start);
                scanned -= start;
                end -= start;
                start = 0;
            }
            if (end == buffer.length) {
                throw new TooLongException(buffer.length - 2);
            }
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                return null;
            }
            end += read;
        }
    }

    private String take(int lineFeed) throws TooLongException {
        int length = lineFeed - start;
        if (length > 0 && buffer[lineFeed - 1] == '\r') {
            length--;
        }
        if (length > buffer.length - 2) {
            throw new TooLongException(buffer.length - 2);
        }
        String line = new String(buffer, start, length, StandardCharsets.UTF_8);
        start = lineFeed + 1;
        return line;
    }
}

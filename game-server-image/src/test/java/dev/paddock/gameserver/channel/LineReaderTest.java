package dev.paddock.gameserver.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void linesAreTheSameHoweverTheBytesArrive(int chunk) throws Exception {
        assertThat(lines("one\r\n\ntwo ä\n12345678\nrest", chunk)).containsExactly("one", "", "two ä", "12345678");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    void aLineThatIsTooLongIsRefused(int chunk) {
        assertThrows(LineReader.TooLongException.class, () -> lines("123456789\n", chunk));
        assertThrows(LineReader.TooLongException.class, () -> lines("123456789123456789", chunk));
    }

    @Test
    void anEmptyStreamHasNoLine() throws Exception {
        assertThat(lines("", 1)).isEmpty();
    }

    private static List<String> lines(String text, int chunk) throws IOException {
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, chunk));
            }
        };
        LineReader reader = new LineReader(in, 8);
        List<String> lines = new ArrayList<>();
        String line;
        while ((line = reader.next()) != null) {
            lines.add(line);
        }
        return lines;
    }
}

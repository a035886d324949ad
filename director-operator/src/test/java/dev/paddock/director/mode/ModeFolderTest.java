package dev.paddock.director.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same files go to a real API server in the tests of {@code e2e}: both sides refuse the same. */
class ModeFolderTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "game-modes");
    private static final String SAYS = "# the director says: ";

    @ParameterizedTest
    @MethodSource
    void theDirectorReadsIt(Path accepted) throws IOException {
        String name = String.valueOf(accepted.getFileName()).replace(".yaml", "");
        assertThat(ModeFile.parse(Files.readString(accepted)).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @MethodSource
    void theDirectorRefusesItAndSaysWhy(Path refused) throws IOException {
        List<String> lines = Files.readAllLines(refused);
        String why = lines.stream()
                .filter(line -> line.startsWith(SAYS))
                .map(line -> line.substring(SAYS.length()))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> ModeFile.parse(Files.readString(refused)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    static Stream<Path> theDirectorReadsIt() throws IOException {
        return files("accepted");
    }

    static Stream<Path> theDirectorRefusesItAndSaysWhy() throws IOException {
        return files("refused");
    }

    private static Stream<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            List<Path> all = files.sorted().toList();
            assertThat(all).isNotEmpty();
            return all.stream();
        }
    }
}

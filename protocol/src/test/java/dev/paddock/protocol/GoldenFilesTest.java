package dev.paddock.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every record that crosses a process boundary has a golden file, written by hand from DESIGN 4. Reading and writing it
 * again must give the same JSON: a renamed, lost or retyped field shows here.
 */
class GoldenFilesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Path CLASSES = Path.of("target/classes/dev/paddock/protocol");
    private static final ObjectMapper TREES = new ObjectMapper();

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void aGoldenFileReadAndWrittenAgainIsTheSame(String file) throws Exception {
        String json = Files.readString(GOLDEN.resolve(file + ".json"));

        Object value = Json.read(json, recordNamed(file));

        assertThat(TREES.readTree(Json.bytes(value))).isEqualTo(TREES.readTree(json));
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void aFieldThatANewerSenderAddedIsPassedOver(String file) throws Exception {
        JsonNode json = TREES.readTree(Files.readString(GOLDEN.resolve(file + ".json")));
        ((ObjectNode) json).put("addedLater", "x");

        Object value = Json.read(TREES.writeValueAsBytes(json), recordNamed(file));

        assertThat(TREES.readTree(Json.bytes(value)).has("addedLater")).isFalse();
    }

    @Test
    void everyRecordHasAGoldenFile() {
        Set<String> records = new TreeSet<>();
        for (Class<?> type : allClasses()) {
            if (type.isRecord()) {
                records.add(type.getName().replaceFirst(".*\\.", ""));
            }
        }

        Set<String> files = new TreeSet<>(goldenFiles().toList());
        assertThat(files).isEqualTo(records);
    }

    @Test
    void everyCaseOfASealedInterfaceHasAName() {
        for (Class<?> type : allClasses()) {
            if (!type.isSealed()) {
                continue;
            }
            List<Class<?>> named = Arrays.stream(
                            type.getAnnotation(JsonSubTypes.class).value())
                    .<Class<?>>map(JsonSubTypes.Type::value)
                    .toList();
            assertThat(named).as(type.getName()).containsExactlyInAnyOrder(type.getPermittedSubclasses());
        }
    }

    @Test
    void bytesThatAreNotTheRecordAreRefusedWithoutRepeatingThem() {
        MalformedException e =
                assertThrows(MalformedException.class, () -> Json.read("{\"secret\": [", recordNamed("StopMatch")));

        assertThat(e.getMessage()).doesNotContain("secret");
    }

    static Stream<String> goldenFiles() {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.map(file -> file.getFileName().toString().replace(".json", "")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> recordNamed(String file) {
        return allClasses().stream()
                .filter(type -> type.getName().replaceFirst(".*\\.", "").equals(file))
                .findFirst()
                .orElseThrow(() -> new AssertionError("golden file without a record: " + file));
    }

    private static List<Class<?>> allClasses() {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.endsWith("package-info.class"))
                    .<Class<?>>map(GoldenFilesTest::load)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(Path file) {
        String name = "dev.paddock.protocol."
                + CLASSES.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}

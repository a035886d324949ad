package dev.paddock.local.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains a real JVM, with a small program in a jar of its own. */
class AotCacheIT {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    Path parent;

    private final StringWriter said = new StringWriter();
    private DataFolder data;
    private AotCache cache;
    private Path jar;

    @BeforeEach
    void folders() throws Exception {
        data = DataFolder.open(parent.resolve("data"));
        cache = new AotCache(parent.resolve("aot"), data, new Screen(new PrintWriter(said), InstantSource.system()));
        jar = parent.resolve("program.jar");
        writeJar('a');
    }

    @AfterEach
    void close() {
        data.close();
    }

    @Test
    void aProgramIsTrainedOnceAndRunsFromItsCache() throws Exception {
        Optional<String> flag = cache.flag(argv(), List.of(jar), "train");
        assertThat(flag).hasValueSatisfying(it -> assertThat(it).startsWith("-XX:AOTCache=" + parent.resolve("aot")));

        assertThat(cache.flag(argv(), List.of(jar), "train")).isEqualTo(flag);
        assertThat(said.toString()).containsOnlyOnce("prepared for a quick start");
        assertThat(classesLoadedWith(flag.orElseThrow()))
                .contains(SmallProgram.class.getName() + " source: shared objects file");
    }

    @Test
    void anotherJarGetsACacheOfItsOwn() throws Exception {
        // The same size and time: what the JVM itself would not notice.
        Optional<String> flag = cache.flag(argv(), List.of(jar), "train");
        long size = Files.size(jar);
        writeJar('b');
        assertThat(jar).hasSize(size);

        assertThat(cache.flag(argv(), List.of(jar), "train")).isPresent().isNotEqualTo(flag);
    }

    @Test
    void aProgramThatFailsIsStartedWithoutACache() {
        assertThat(cache.flag(argv(), List.of(jar), "fail")).isEmpty();
        assertThat(said.toString()).contains("will start slowly: its training failed, see");
        assertThat(parent.resolve("aot")).isEmptyDirectory();
    }

    private List<String> argv() {
        return List.of(JAVA, "-cp", jar.toString(), SmallProgram.class.getName());
    }

    private String classesLoadedWith(String flag) throws Exception {
        Path log = parent.resolve("classes.txt");
        List<String> argv = List.of(
                JAVA,
                flag,
                "-Xlog:class+load:file=" + log,
                "-cp",
                jar.toString(),
                SmallProgram.class.getName(),
                "train");
        assertThat(new ProcessBuilder(argv)
                        .redirectErrorStream(true)
                        .redirectOutput(parent.resolve("out.txt").toFile())
                        .start()
                        .waitFor())
                .isZero();
        return Files.readString(log);
    }

    private void writeJar(char label) throws IOException {
        String name = SmallProgram.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream code = Objects.requireNonNull(
                        SmallProgram.class.getClassLoader().getResourceAsStream(name))) {
            // Not compressed: the same size whatever the label is.
            out.setLevel(Deflater.NO_COMPRESSION);
            out.putNextEntry(new JarEntry(name));
            code.transferTo(out);
            out.putNextEntry(new JarEntry("label"));
            out.write(label);
        }
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
    }

    /** What is trained. */
    static final class SmallProgram {
        private SmallProgram() {}

        public static void main(String[] args) {
            System.exit(args[0].equals("train") ? 0 : 3);
        }
    }
}

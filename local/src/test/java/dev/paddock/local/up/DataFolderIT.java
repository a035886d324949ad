package dev.paddock.local.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.local.server.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderIT {
    @TempDir
    Path parent;

    @Test
    void aSecondPlatformOnTheSameDataIsRefusedAndToldWhoIsThere() {
        try (DataFolder first = DataFolder.open(parent.resolve("data"))) {
            first.sayWhoRunsHere("http://127.0.0.1:8080");
            assertThatThrownBy(() -> DataFolder.open(parent.resolve("data")))
                    .isInstanceOf(StartFailedException.class)
                    .hasMessageContaining("already runs on the data folder")
                    .hasMessageContaining("pid " + ProcessHandle.current().pid() + ", http://127.0.0.1:8080");
        }
        DataFolder.open(parent.resolve("data")).close();
    }

    @Test
    void othersMayNotLookIn() throws IOException {
        try (DataFolder data = DataFolder.open(parent.resolve("data"))) {
            assertThat(Files.getPosixFilePermissions(data.root()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aFolderWithOtherThingsInItIsNotTouched() throws IOException {
        Path letter = Files.writeString(parent.resolve("letter.txt"), "dear");
        assertThatThrownBy(() -> DataFolder.open(parent))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("holds other things");
        assertThat(parent.toFile().list()).containsExactly("letter.txt");
        assertThat(letter).hasContent("dear");
    }

    @Test
    void emptyingLeavesWhatOthersPutThere() throws IOException {
        try (DataFolder data = DataFolder.open(parent.resolve("data"))) {
            Path mine = Files.writeString(data.secrets().resolve("a-secret"), "x");
            Path others = Files.writeString(data.root().resolve("notes.txt"), "x");
            data.empty();
            assertThat(mine).doesNotExist();
            assertThat(others).exists();
        }
    }
}

package dev.paddock.local.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.local.server.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModeNamesTest {
    @TempDir
    Path folder;

    @Test
    void theNameOfTheResourceIsTheModesName() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), """
                # name: not-this
                apiVersion: paddock.dev/v1
                kind: GameMode
                metadata:
                  labels:
                    name: nor-this
                  name: drag-race
                spec:
                  name: nor-that
                """);
        Files.writeString(folder.resolve("b.yaml"), "metadata:\n  name: \"sprint\"\n");
        Files.writeString(folder.resolve("notes.txt"), "metadata:\n  name: notes\n");
        assertThat(ModeNames.in(folder)).containsExactly("drag-race", "sprint");
    }

    @Test
    void aFolderWithoutModesIsRefused() {
        assertThatThrownBy(() -> ModeNames.in(folder))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("No mode to play");
    }
}

package dev.paddock.director.process;

import dev.paddock.local.server.SharedServers;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Image names with all that a container image's name may hold, from a settings file into a director. */
class ImageNamesIT {
    @TempDir
    private Path folder;

    @Test
    void anImageIsFoundUnderItsNameAsItStandsInTheModeFile() throws IOException {
        SharedServers.Nats nats = SharedServers.nats();
        String yaml = """
                paddock:
                  nats: {url: "%s", creds-file: "%s"}
                  director:
                    region: here
                    modes-dir: %s
                    state-dir: %s
                    process:
                      images:
                        drag-race: [java, -cp, "a:b", Race]
                        "registry/game:1.0": [run, one]
                        "registry.example:5000/games/Drag_Race:1.0.3": [run, two]
                        "game@sha256:0123abcd": [run]
                """.formatted(
                        nats.url(),
                        nats.directorCreds(),
                        Files.createDirectory(folder.resolve("modes")),
                        folder.resolve("state"));
        Map<String, Object> settings = new YamlPropertySourceLoader()
                .read("director", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
        PropertySource file = PropertySource.of("director", settings);

        try (ApplicationContext context =
                ApplicationContext.builder().propertySources(file).start()) {
            ProcessSettings process = context.getBean(ProcessSettings.class);

            SoftAssertions images = new SoftAssertions();
            images.assertThat(process.commandOf("drag-race")).contains(List.of("java", "-cp", "a:b", "Race"));
            images.assertThat(process.commandOf("registry/game:1.0")).contains(List.of("run", "one"));
            images.assertThat(process.commandOf("registry.example:5000/games/Drag_Race:1.0.3"))
                    .contains(List.of("run", "two"));
            images.assertThat(process.commandOf("game@sha256:0123abcd")).contains(List.of("run"));
            images.assertThat(process.commandOf("game")).isEmpty();
            images.assertAll();
        }
    }
}

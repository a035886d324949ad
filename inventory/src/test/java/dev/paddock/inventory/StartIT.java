package dev.paddock.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.local.server.MysqlDatabase;
import dev.paddock.local.server.SharedServers;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process itself: what it says when it must not start. */
class StartIT {
    @TempDir
    private Path folder;

    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void goodSettings() throws IOException {
        MysqlDatabase database = SharedServers.mysqlDatabase("start");
        settings.put("MICRONAUT_SERVER_PORT", "0");
        settings.put("DATASOURCES_DEFAULT_URL", database.url());
        settings.put("DATASOURCES_DEFAULT_USERNAME", database.user());
        settings.put("DATASOURCES_DEFAULT_PASSWORD", database.password());
        settings.put(
                "PADDOCK_INVENTORY_TOKEN_FILE",
                Files.writeString(folder.resolve("token"), RunningInventory.TOKEN)
                        .toString());
    }

    @Test
    void withoutATokenFileItSaysWhatToSet() throws Exception {
        settings.remove("PADDOCK_INVENTORY_TOKEN_FILE");

        assertThat(lastWordsOfAFailedStart())
                .contains("Set paddock.inventory.token-file (PADDOCK_INVENTORY_TOKEN_FILE) to a file");
    }

    @Test
    void aTokenThatCouldBeGuessedIsRefused() throws Exception {
        Files.writeString(folder.resolve("token"), "short\n");

        assertThat(lastWordsOfAFailedStart())
                .contains("is shorter than 16 characters")
                .doesNotContain("short\n");
    }

    @Test
    void withoutADatabaseItTriesForAWhileAndSaysWhichOne() throws Exception {
        int nobodyListens;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobodyListens = socket.getLocalPort();
        }
        settings.put("DATASOURCES_DEFAULT_URL", "jdbc:mysql://127.0.0.1:" + nobodyListens + "/inventory");
        settings.put("DATASOURCES_DEFAULT_INITIALIZATION_FAIL_TIMEOUT", "1500");

        assertThat(lastWordsOfAFailedStart())
                .contains("MySQL at jdbc:mysql://127.0.0.1:" + nobodyListens + "/inventory cannot be used")
                .doesNotContain(settings.get("DATASOURCES_DEFAULT_PASSWORD"));
    }

    @Test
    void aStarterCarThatIsNotInTheStoreIsRefused() throws Exception {
        settings.put("PADDOCK_INVENTORY_STARTER_CAR", "pumpkin");

        assertThat(lastWordsOfAFailedStart())
                .contains("Set paddock.inventory.starter-car")
                .contains("there is no 'pumpkin'");
    }

    private String lastWordsOfAFailedStart() throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        ProcessBuilder java = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        InventoryApplication.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        java.environment().putAll(settings);
        Process process = java.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("it has given up")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(String.join("\n", lines)).isEqualTo(1);
        return lines.getLast();
    }
}

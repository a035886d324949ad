package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's promise: one command starts the whole platform, a second one plays on it, in Java or in another language;
 * and when it ends, or is killed, it leaves nothing behind.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OneMachineE2E {
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration PLAY = Duration.ofMinutes(2);
    private static final List<String> STOPS =
            List.of("queued", "formed", "requested", "assigned", "ready", "settled", "pushed", "told");

    @TempDir
    static Path folder;

    private static String port;
    private static Command up;

    @BeforeAll
    static void startThePlatform() throws IOException {
        port = freePort();
        up = startUp();
    }

    @AfterAll
    static void stopThePlatform() {
        up.close();
    }

    @Test
    @Order(1)
    void twoPlayersAreMatchedRaceAndSeeTheSameResult() throws IOException {
        try (Command play = Command.paddock(folder, "play", "--url", url(), "--json")) {
            assertThat(play.end(PLAY)).as(play.output()).isZero();

            JsonNode report = jsonIn(play.output());
            JsonNode match = report.path("matches").path(0);
            assertThat(match.path("result").path("standings")).as("standings").hasSize(2);
            assertThat(match.path("stops").findValuesAsText("stop")).containsAll(STOPS);
            assertThat(report.path("missing")).isEmpty();
        }
    }

    @Test
    @Order(2)
    void clientsInAnotherLanguageGetThrough() {
        try (Command ada = python("ada");
                Command grace = python("grace")) {
            assertThat(ada.end(PLAY)).as(ada.output()).isZero();
            assertThat(grace.end(PLAY)).as(grace.output()).isZero();
            assertThat(ada.output()).contains("FINISHED");
        }
    }

    @Test
    @Order(3)
    void aSecondPlatformOnTheSameDataIsRefusedWithASentence() throws IOException {
        try (Command second = Command.paddock(folder, "up", "--port", freePort(), "--data", data())) {
            assertThat(second.end(START)).as(second.output()).isNotZero();
            assertThat(second.output()).contains(data());
        }
        assertThat(up.isAlive()).isTrue();
    }

    @Test
    @Order(4)
    void whatAKilledPlatformLeftBehindIsEndedByTheNextOne() {
        List<ProcessHandle> before = up.handle().descendants().toList();
        assertThat(before).hasSizeGreaterThanOrEqualTo(6);

        up.kill();
        up.end(Duration.ofSeconds(10));
        up = startUp();

        assertThat(before).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    @Order(5)
    void aPlatformThatIsAskedToStopLeavesNoProcess() {
        List<ProcessHandle> before = up.handle().descendants().toList();

        up.terminate();
        up.end(Duration.ofSeconds(60));

        assertThat(before).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    @Order(6)
    void withoutAPlatformPlayersAreToldSo() {
        try (Command play = Command.paddock(folder, "play", "--url", url())) {
            assertThat(play.end(PLAY)).isNotZero();
            assertThat(play.output()).contains("./paddock up");
        }
    }

    private static Command startUp() {
        Command command = Command.paddock(folder, "up", "--port", port, "--data", data());
        await("Paddock is ready")
                .atMost(START)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    assertThat(command.isAlive()).as(command.output()).isTrue();
                    return command.output().contains("Paddock is ready: " + url());
                });
        return command;
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    private static Command python(String name) {
        return Command.start(folder, "python3", "examples/clients/player.py", "--url", url(), "--name", name);
    }

    private static JsonNode jsonIn(String output) throws IOException {
        String line = output.lines()
                .filter(text -> text.startsWith("{"))
                .reduce((a, b) -> b)
                .orElseThrow();
        return new ObjectMapper().readTree(line);
    }

    private static String url() {
        return "http://127.0.0.1:" + port;
    }

    private static String data() {
        return folder.resolve("data").toString();
    }
}

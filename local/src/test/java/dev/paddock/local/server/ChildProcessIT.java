package dev.paddock.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.local.server.ProcessRecords.RunningProcess;
import dev.paddock.protocol.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessIT {
    private static final Duration GRACE = Duration.ofMillis(300);

    @TempDir
    Path folder;

    @Test
    void aProcessThatIgnoresSigtermIsKilledAfterTheGrace() {
        ChildProcess stubborn = shell("trap '' TERM; echo deaf; while :; do sleep 0.05; done");
        awaitLine(stubborn, "deaf");
        stubborn.stop(GRACE);
        assertThat(stubborn.isAlive()).isFalse();
        assertThat(stubborn.exitCode()).isEqualTo(128 + 9);
    }

    @Test
    void aProcessThatHeedsSigtermEndsItsOwnWay() {
        ChildProcess polite = shell("trap 'echo bye; exit 0' TERM; echo here; while :; do sleep 0.05; done");
        awaitLine(polite, "here");
        polite.stop(Duration.ofSeconds(10));
        assertThat(polite.exitCode()).isZero();
        assertThat(polite.lastLines(1)).containsExactly("bye");
    }

    @Test
    void aRunningProcessIsOnRecordUntilItIsStopped() throws IOException {
        ChildProcess process = shell("exec sleep 60");
        assertThat(recorded()).hasSize(1);
        process.stop(GRACE);
        assertThat(recorded()).isEmpty();
    }

    @Test
    void whatAKilledParentLeftIsEnded() {
        ChildProcess left = shell("exec sleep 60");
        assertThat(new ProcessRecords(pids()).endLeftovers(GRACE)).containsExactly("shell");
        assertThat(left.endedWithin(GRACE)).isTrue();
        assertThat(new ProcessRecords(pids()).endLeftovers(GRACE)).isEmpty();
    }

    @Test
    void anotherProcessThatGotARecordedPidIsLeftAlone() {
        try (ChildProcess other = shell("exec sleep 60")) {
            RunningProcess former = new RunningProcess(other.pid(), 1_000_000_000_000L, "shell");
            PrivateFiles.write(pids().resolve("shell-" + other.pid() + ".json"), Json.text(former));
            assertThat(new ProcessRecords(pids()).endLeftovers(GRACE)).isEmpty();
            assertThat(other.isAlive()).isTrue();
        }
    }

    @Test
    void aFileThatIsNoRecordHarmsNothing() {
        try (ChildProcess process = shell("exec sleep 60")) {
            PrivateFiles.write(pids().resolve("broken.json"), "{");
            assertThat(new ProcessRecords(pids()).endLeftovers(GRACE)).containsExactly("shell");
            assertThat(process.endedWithin(GRACE)).isTrue();
        }
    }

    @Test
    void itsEndIsTold() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        ChildProcess process = shell("exec sleep 60");
        process.onExit(ended -> told.countDown());
        process.kill();
        assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aDeathIsSaidWithTheEndOfTheLogAndItsPath() {
        try (ChildProcess process = shell("echo no space left; exit 3")) {
            Awaitility.await("its end").until(() -> !process.isAlive());
            assertThat(process.died())
                    .hasMessageContaining("shell ended with exit code 3")
                    .hasMessageContaining("no space left")
                    .hasMessageContaining(process.log().toString());
        }
    }

    @Test
    void theLogOfTheFormerRunIsKeptOnce() throws IOException {
        for (String word : List.of("first", "second", "third")) {
            try (ChildProcess process = shell("echo " + word)) {
                Awaitility.await("its end").until(() -> !process.isAlive());
            }
        }
        Path log = folder.resolve("logs/shell.log");
        assertThat(log).hasContent("third");
        assertThat(log.resolveSibling("shell.log.1")).hasContent("second");
    }

    @Test
    void aProgramThatIsNotThereIsSaid() {
        var command = new ChildProcess.Command(
                "nothing", List.of("/no/such/program"), folder, folder.resolve("logs/nothing.log"), null);
        // setsid is what fails then, and says so in the log.
        assertThatThrownBy(() -> {
                    try (ChildProcess process = ChildProcess.start(command, new ProcessRecords(pids()))) {
                        process.endedWithin(Duration.ofSeconds(10));
                        throw process.died();
                    }
                })
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("nothing");
    }

    private ChildProcess shell(String script) {
        var command = new ChildProcess.Command(
                "shell", List.of("sh", "-c", script), folder, folder.resolve("logs/shell.log"), null);
        return ChildProcess.start(command, new ProcessRecords(pids()));
    }

    private static void awaitLine(ChildProcess process, String line) {
        Awaitility.await("the line " + line).until(() -> process.lastLines(1).contains(line));
    }

    private Path pids() {
        return folder.resolve("pids");
    }

    private List<Path> recorded() throws IOException {
        try (Stream<Path> files = Files.list(pids())) {
            return files.toList();
        }
    }
}

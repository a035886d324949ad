package dev.paddock.director.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.protocol.Heard;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a director does when servers, managers and other directors do not do their part. */
class FaultsIT {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String region = Id.next(RANDOM);
    private final String matchId = Id.next(RANDOM);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"SILENT", "REFUSES"})
    void aMatchWhoseStandbyDoesNotAcceptGetsAServerAllTheSame(FakeServer.Behaviour behaviour) throws Exception {
        try (TestDirector director = TestDirector.start(region, folder, behaviour, 1);
                FakeManager manager = new FakeManager(region)) {
            director.awaitStandbys(1);
            String standby = director.standbys().getFirst();

            StartReply reply = manager.start(manager.match(matchId));

            assertThat(reply)
                    .isInstanceOfSatisfying(
                            StartReply.Starting.class,
                            starting -> assertThat(starting.serverId()).isNotEqualTo(standby));
            manager.await(matchId, MatchEvent.Ready.class);
        }
    }

    @Test
    void aServerThatIsKilledFailsItsMatchAndLeavesNoKeyBehind() throws Exception {
        try (TestDirector director = TestDirector.start(region, folder, FakeServer.Behaviour.GOOD, 1);
                FakeManager manager = new FakeManager(region)) {
            director.awaitStandbys(1);
            StartMatch match = manager.match(matchId);
            manager.start(match);
            String serverId = manager.await(matchId, MatchEvent.Ready.class).serverId();
            Path key = director.stateOf(serverId).resolve("key.pem");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");

            ProcessHandle.of(director.pidOf(serverId)).orElseThrow().destroyForcibly();

            MatchEvent.Failed failed = manager.await(matchId, MatchEvent.Failed.class);
            assertThat(failed.code()).isEqualTo("server-lost");
            assertThat(manager.start(manager.again(match, 1, serverId))).isEqualTo(new StartReply.Over(failed));
            Awaitility.await("the server's folder is deleted").until(() -> !Files.exists(director.stateOf(serverId)));
        }
    }

    @Test
    void whatNoManagerHearsIsSaidAgainByTheOtherDirectorWhenTheFirstOneIsGone() throws Exception {
        Map<String, Object> leaveServers = Map.of("paddock.director.process.stop-servers-on-exit", "false");
        try (FakeManager manager = new FakeManager(region)) {
            String serverId;
            try (TestDirector first = TestDirector.start(region, folder, FakeServer.Behaviour.GOOD, 1, leaveServers)) {
                first.awaitStandbys(1);
                serverId = first.standbys().getFirst();
                manager.deaf(true);
                assertThat(manager.start(manager.match(matchId))).isInstanceOf(StartReply.Assigned.class);
            }
            try (TestDirector _ = TestDirector.start(region, folder, FakeServer.Behaviour.GOOD, 0)) {
                manager.deaf(false);

                MatchEvent.Ready ready = manager.await(matchId, MatchEvent.Ready.class);

                assertThat(ready.serverId()).isEqualTo(serverId);
                assertThat(ready.endpoint().publicKey()).startsWith("-----BEGIN PUBLIC KEY-----");
            }
        } finally {
            TestDirector.endServers(folder);
        }
    }

    @Test
    void aDirectorThatEndsLeavesNoServerBehind() throws Exception {
        ProcessHandle server;
        try (TestDirector director = TestDirector.start(region, folder, FakeServer.Behaviour.GOOD, 1)) {
            director.awaitStandbys(1);
            server = ProcessHandle.of(director.pidOf(director.standbys().getFirst()))
                    .orElseThrow();
        }

        assertThat(server.isAlive()).isFalse();
        assertThat(folder.resolve("state").resolve("servers")).isEmptyDirectory();
        assertThat(folder.resolve("state").resolve("pids")).isEmptyDirectory();
    }

    @Test
    void aServerThatIsNotWantedIsRetired() throws Exception {
        try (TestDirector director = TestDirector.start(region, folder, FakeServer.Behaviour.NEVER_READY, 1);
                FakeManager manager = new FakeManager(region)) {
            director.awaitStandbys(1);
            StartMatch match = manager.match(matchId);
            StartReply.Assigned first = (StartReply.Assigned) manager.start(match);
            director.awaitStandbys(1);

            StartReply.Assigned second = (StartReply.Assigned) manager.start(manager.again(match, 2, null));

            assertThat(second.serverId()).isNotEqualTo(first.serverId());
            assertThat(manager.stop(matchId, second.serverId())).isEqualTo(new Heard());
            // It has a match, and would wait for its players.
            Awaitility.await("the server is gone").until(() -> !Files.exists(director.stateOf(second.serverId())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "null", "[]", "{}", "{\"matchId\":\"a.b\",\"mode\":\"drag-race\"}"})
    void whatCannotBeReadIsRefusedAndDisturbsNothing(String json) throws Exception {
        try (TestDirector _ = TestDirector.start(region, folder, FakeServer.Behaviour.GOOD, 0);
                FakeManager manager = new FakeManager(region)) {
            assertThat(manager.say(json))
                    .isInstanceOfSatisfying(
                            StartReply.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo("bad-request"));
        }
    }

    @Test
    void anUnknownModeAndAnotherRegionAreRefused() throws Exception {
        try (TestDirector _ = TestDirector.start(region, folder, FakeServer.Behaviour.GOOD, 0);
                FakeManager manager = new FakeManager(region)) {
            String match = Json.text(manager.match(matchId));

            assertThat(manager.say(match.replace("drag-race", "chess")))
                    .isInstanceOfSatisfying(
                            StartReply.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo("unknown-mode"));
            assertThat(manager.say(match.replace(region, "mars")))
                    .isInstanceOfSatisfying(
                            StartReply.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo("bad-request"));
        }
    }

    @Test
    void whatARegionHasNoMoreIsDeletedByItsNextDirectorUnlessAnotherRegionHasIt() throws Exception {
        String elsewhere = Id.next(RANDOM);
        String own = "own" + region;
        String shared = "shared" + region;
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        Path other = folder.resolve("other");
        try (FakeManager manager = new FakeManager(region)) {
            try (TestDirector _ = TestDirector.start(region, first, FakeServer.Behaviour.GOOD, 0);
                    TestDirector _ = TestDirector.start(elsewhere, other, FakeServer.Behaviour.GOOD, 0)) {
                addMode(first, own);
                addMode(first, shared);
                addMode(other, shared);
                awaitKey("its own mode", () -> manager.has(region, own));
                awaitKey("the shared mode", () -> manager.has(region, shared));
                awaitKey("the shared mode elsewhere", () -> manager.has(elsewhere, shared));
            }

            try (TestDirector _ = TestDirector.start(region, second, FakeServer.Behaviour.GOOD, 0)) {
                awaitKey("its end", () -> !manager.has(region, own));
                assertThat(manager.hasKey("modes", own)).isFalse();
                assertThat(manager.hasKey("modes", shared)).isTrue();
            }
        }
    }

    @Test
    void aModeWhoseDirectorDiedAsItWasPublishedIsDeletedByTheNextOneThatHasItNoMore() throws Exception {
        String own = "own" + region;
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        Map<String, Object> dying =
                new HashMap<>(TestDirector.settings(region, first, TestDirector.command(FakeServer.Behaviour.GOOD), 0));
        dying.put("paddock.director.fault-point", "after PUT KV modes");
        addMode(first, own);
        try (FakeManager manager = new FakeManager(region)) {
            // What else they have is there, so that this one is what the next one writes.
            try (TestDirector _ = TestDirector.start(region, second, FakeServer.Behaviour.GOOD, 0)) {
                awaitKey("the region", () -> manager.hasKey("regions", region));
            }
            try (DirectorProcess director = DirectorProcess.start(first, dying)) {
                awaitKey("its death", () -> !director.isAlive());
            }
            assertThat(manager.hasKey("modes", own)).isTrue();

            try (TestDirector _ = TestDirector.start(region, second, FakeServer.Behaviour.GOOD, 0)) {
                awaitKey("the mode's end", () -> !manager.hasKey("modes", own));
            }
        }
    }

    @Test
    void modesAndRegionArePublishedAndAModeThatIsGoneIsDeleted() throws Exception {
        try (TestDirector _ = TestDirector.start(region, folder, FakeServer.Behaviour.GOOD, 0);
                FakeManager manager = new FakeManager(region)) {
            String mode = "m" + region;
            Path file = addMode(folder, mode);
            awaitKey("the new mode", () -> manager.hasKey("modes", mode));
            awaitKey("the region", () -> manager.hasKey("regions", region));

            Files.delete(file);

            awaitKey("the mode's end", () -> !manager.hasKey("modes", mode));
        }
    }

    private static Path addMode(Path folder, String mode) throws IOException {
        Path modes = folder.resolve("modes");
        String text = Files.readString(modes.resolve("drag-race.yaml"));
        return Files.writeString(
                modes.resolve(mode + ".yaml"), text.replace("name: drag-race ", "name: " + mode + " "));
    }

    private static void awaitKey(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(60)).until(condition);
    }
}

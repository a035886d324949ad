package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.crds.ServerTemplate;
import dev.paddock.crds.Standby;
import dev.paddock.director.backend.Backend;
import dev.paddock.director.backend.Launch;
import dev.paddock.director.backend.LaunchException;
import dev.paddock.director.backend.Placement;
import dev.paddock.director.backend.ServerExit;
import dev.paddock.director.key.KeyPool;
import dev.paddock.director.key.PublicKey;
import dev.paddock.director.key.ServerKey;
import dev.paddock.director.mode.KnownMode;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Mode;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What a director relies on, wherever its servers run; held by every {@link Backend}. */
interface BackendContract {
    Duration SOON = Duration.ofSeconds(60);
    SecureRandom RANDOM = new SecureRandom();

    /** Where the backend's servers run. */
    Ground ground();

    /**
     * @param backend of a director that has nothing else to do
     * @param other of a second director that shares what such directors share
     * @param keys for servers
     * @param runs whether a server's process runs
     * @param kill ends a server from outside, at once
     */
    record Ground(Backend backend, Backend other, KeyPool keys, Predicate<String> runs, Consumer<String> kill) {
        List<ServerExit> exits() {
            List<ServerExit> exits = new CopyOnWriteArrayList<>();
            backend.onExit(exits::add);
            return exits;
        }

        String start(ServerKey key) throws LaunchException {
            String serverId = Id.next(RANDOM);
            backend.start(new Launch(serverId, mode(GameServerImage.NAME), key, Optional.empty(), Optional.empty()));
            return serverId;
        }

        String startAndRun() throws LaunchException, InterruptedException {
            String serverId = start(keys.take());
            await("it runs").atMost(SOON).until(() -> runs.test(serverId));
            return serverId;
        }
    }

    @Test
    default void aServerThatWasStartedIsFoundWithTheKeyThatItProvesAlsoByAnotherDirector() throws Exception {
        ServerKey key = ground().keys().take();
        String serverId = ground().start(key);

        for (Backend backend : List.of(ground().backend(), ground().other())) {
            await("it is found").atMost(SOON).until(() -> backend.find(serverId).isPresent());
            Placement found = backend.find(serverId).orElseThrow();
            assertThat(found.serverId()).isEqualTo(serverId);
            assertThat(found.mode()).isEqualTo("contract");
            assertThat(found.template()).isEqualTo("t1");
            assertThat(found.keys()).containsExactly(PublicKey.of(key.publicPem()));
        }
        await("it runs").atMost(SOON).until(() -> ground().runs().test(serverId));
        ground().kill().accept(serverId);
    }

    @Test
    default void aServerThatIsStoppedIsGoneAndThatIsTold() throws Exception {
        List<ServerExit> exits = ground().exits();
        String serverId = ground().startAndRun();

        ground().backend().stop(serverId);

        awaitExit(exits, serverId);
        await("nobody finds it any more")
                .atMost(SOON)
                .until(() -> ground().backend().find(serverId).isEmpty()
                        && ground().other().find(serverId).isEmpty());
        // Said again, it harms nobody.
        ground().backend().stop(serverId);
    }

    @Test
    default void aServerThatIsKilledIsToldAsOneThatDidNotEndWell() throws Exception {
        List<ServerExit> exits = ground().exits();
        String serverId = ground().startAndRun();

        ground().kill().accept(serverId);

        awaitExit(exits, serverId);
        assertThat(exits.getFirst().clean()).isFalse();
        assertThat(exits.getFirst().how()).isNotBlank();
        await("nobody finds it any more")
                .atMost(SOON)
                .until(() -> ground().backend().find(serverId).isEmpty());
    }

    @Test
    default void whatCannotRunIsSaidAtOnceOrToldLater() throws Exception {
        List<ServerExit> exits = ground().exits();
        String serverId = Id.next(RANDOM);
        KnownMode mode = mode("localhost/paddock/nothing:1");

        try {
            ground().backend()
                    .start(new Launch(serverId, mode, ground().keys().take(), Optional.empty(), Optional.empty()));
        } catch (LaunchException e) {
            assertThat(e).hasMessageContaining("localhost/paddock/nothing:1");
            return;
        }
        awaitExit(exits, serverId);
        assertThat(exits.getFirst().clean()).isFalse();
    }

    @Test
    default void whatIsNotThereIsNotFoundAndStoppedByDoingNothing() {
        String serverId = Id.next(RANDOM);

        assertThat(ground().backend().find(serverId)).isEmpty();
        ground().backend().stop(serverId);
    }

    @Test
    default void directorsThatShareServersCallAColdStartTheSame() {
        Backend backend = ground().backend();

        assertThat(Id.isValid(backend.nameOfColdStart("m1", 1))).isTrue();
        assertThat(backend.nameOfColdStart("m1", 1)).isNotEqualTo(backend.nameOfColdStart("m1", 2));
        if (backend.outlivesDirectors()) {
            assertThat(backend.nameOfColdStart("m1", 1))
                    .isEqualTo(ground().other().nameOfColdStart("m1", 1));
        }
    }

    private static void awaitExit(List<ServerExit> exits, String serverId) {
        await("its end is told")
                .atMost(SOON)
                .until(() -> exits.stream().anyMatch(exit -> exit.serverId().equals(serverId)));
        exits.removeIf(exit -> !exit.serverId().equals(serverId));
    }

    /** A mode whose servers are of this image. */
    static KnownMode mode(String image) {
        Window window = new Window(1, 1, 1);
        MatchingRules matching = new MatchingRules(new Teams(2, 1), window, window, Duration.ofMinutes(5));
        MatchLimits limits = new MatchLimits(Duration.ofSeconds(10), 3, Duration.ofSeconds(30), Duration.ofMinutes(3));
        return new KnownMode(
                new Mode("contract", matching, limits), Standby.of(0), ServerTemplate.of(image), "t1", null);
    }
}

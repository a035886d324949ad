package dev.paddock.director.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.protocol.Id;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two directors of one region on two machines: they share NATS, and no folder. */
class TwoDirectorsIT {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MATCHES = 20;
    private static final int STANDBYS = 4;
    private static final Map<String, Object> PATIENT =
            Map.of("paddock.director.start-within", "90s", "paddock.director.assign-within", "10s");

    private final String region = Id.next(RANDOM);

    @TempDir
    private Path folder;

    @Test
    void eachOfManyMatchesGetsOneServer() throws Exception {
        List<String> matchIds =
                Stream.generate(() -> Id.next(RANDOM)).limit(MATCHES).toList();
        try (TestDirector one = director("one");
                TestDirector two = director("two");
                FakeManager manager = new FakeManager(region);
                ServerWitness witness = new ServerWitness();
                ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
            one.awaitStandbys(STANDBYS);
            two.awaitStandbys(STANDBYS);

            List<Future<StartReply>> replies = asking.invokeAll(matchIds.stream()
                    .<Callable<StartReply>>map(id -> () -> manager.start(manager.match(id), Duration.ofSeconds(60)))
                    .toList());

            Set<String> assigned = new HashSet<>();
            for (Future<StartReply> reply : replies) {
                assigned.add(serverOf(reply.get()));
            }
            Awaitility.await("every match is ready")
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> matchIds.stream()
                            .noneMatch(id ->
                                    manager.heard(id, MatchEvent.Ready.class).isEmpty()));
            Set<String> servers = new HashSet<>();
            for (String matchId : matchIds) {
                assertThat(witness.serversOf(matchId)).hasSize(1);
                servers.addAll(witness.serversOf(matchId));
            }
            assertThat(servers).hasSize(MATCHES).isEqualTo(assigned);
            assertThat(servers.stream().filter(id -> Files.exists(one.stateOf(id))))
                    .as("served by one director")
                    .isNotEmpty();
            assertThat(servers.stream().filter(id -> Files.exists(two.stateOf(id))))
                    .as("served by the other")
                    .isNotEmpty();
        }
    }

    @Test
    void aMatchThatIsAskedForAgainKeepsItsServerWhicheverDirectorIsAsked() throws Exception {
        // A busy machine must not make a live director look as if it were away.
        Map<String, Object> patient = new HashMap<>(PATIENT);
        patient.put("paddock.director.lost-after", "90s");
        String matchId = Id.next(RANDOM);
        try (TestDirector one = director("one", 1, patient);
                TestDirector two = director("two", 1, patient);
                FakeManager manager = new FakeManager(region);
                ServerWitness witness = new ServerWitness()) {
            one.awaitStandbys(1);
            two.awaitStandbys(1);
            StartMatch match = manager.match(matchId);
            manager.start(match);
            MatchEvent.Ready ready = manager.await(matchId, MatchEvent.Ready.class);

            for (int asked = 0; asked < 8; asked++) {
                assertThat(manager.startPatiently(match)).isEqualTo(new StartReply.Running(ready));
            }
            assertThat(manager.startPatiently(manager.again(match, 1, ready.serverId())))
                    .isEqualTo(new StartReply.Running(ready));
            assertThat(witness.serversOf(matchId)).containsExactly(ready.serverId());
        }
    }

    private TestDirector director(String name) throws Exception {
        return director(name, STANDBYS, PATIENT);
    }

    private TestDirector director(String name, int standbys, Map<String, Object> more) throws Exception {
        Path own = Files.createDirectory(folder.resolve(name));
        return TestDirector.start(region, own, FakeServer.Behaviour.GOOD, standbys, more);
    }

    private static String serverOf(StartReply reply) {
        return reply instanceof StartReply.Starting starting
                ? starting.serverId()
                : ((StartReply.Assigned) reply).serverId();
    }
}

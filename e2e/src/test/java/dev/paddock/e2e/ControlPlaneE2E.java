package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.crds.ServerPhase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API server is away, or the director that leads: what needs neither goes on, and the rest waits. */
@Tag("cluster")
@ExtendWith(SharedPlatform.class)
class ControlPlaneE2E {
    private static final Logger LOG = LoggerFactory.getLogger(ControlPlaneE2E.class);
    private static final Duration AWAY = Duration.ofSeconds(20);
    /** A server counts as lost after seven seconds; a race takes longer than this. */
    private static final Duration SILENT_TOO_LONG = Duration.ofSeconds(9);

    private static final Duration SOON = Duration.ofSeconds(60);

    private final ClusterPlatform platform;

    ControlPlaneE2E(ClusterPlatform platform) {
        this.platform = platform;
    }

    @BeforeEach
    void declareTheModes() {
        platform.apply(1);
        platform.apply(Unrest.COLD, 0, GameServerImage.NAME);
    }

    /** What its last director has left is not what the next test begins with. */
    @AfterEach
    void wipe() {
        platform.wipe();
    }

    @Test
    void whileTheApiServerIsAwayStandbysTakeMatchesAndColdStartsWaitOrFailInWords() {
        assumeThat(platform.cluster()).as("a cluster that can be broken").isInstanceOf(OwnCluster.class);
        OwnCluster own = (OwnCluster) platform.cluster();
        try (DirectorProcess director = DirectorProcess.start(platform, Map.of())) {
            director.awaitLead();
            Orphans.awaitNone(platform, 1);
            long back = System.nanoTime() + AWAY.toNanos();
            own.api("freeze");
            Play cold;
            try {
                cold = Play.join(platform, Unrest.COLD, 2);
                Play.join(platform, ClusterPlatform.MODE, 2).everybodyRaced();
                await("it was away for " + AWAY).atMost(AWAY.plusSeconds(5)).until(() -> System.nanoTime() > back);
            } finally {
                own.api("thaw");
            }

            cold.everybodyWasTold();
            Orphans.awaitNone(platform, 1);
            Play.join(platform, Unrest.COLD, 2).everybodyRaced();
            Play.join(platform, ClusterPlatform.MODE, 2).everybodyRaced();
        }
    }

    @Test
    void aLeaderThatIsToldToEndDoesNotWaitForAnApiServerThatAnswersNobody() {
        assumeThat(platform.cluster()).as("a cluster that can be broken").isInstanceOf(OwnCluster.class);
        OwnCluster own = (OwnCluster) platform.cluster();
        try (DirectorProcess leader = DirectorProcess.start(platform, Map.of())) {
            leader.awaitLead();
            try (DirectorProcess next = DirectorProcess.start(platform, Map.of())) {
                next.awaitStarted();
                own.api("freeze");
                try {
                    leader.close();
                } finally {
                    own.api("thaw");
                }

                next.awaitLead();
                Orphans.awaitNone(platform, 1);
                Play.join(platform, ClusterPlatform.MODE, 2).everybodyRaced();
            }
        }
    }

    @Test
    void aLeaderThatComesBackFromAFreezeFindsAnotherAndDoesNoHarm() {
        try (DirectorProcess frozen = DirectorProcess.start(platform, Map.of())) {
            frozen.awaitLead();
            Orphans.awaitNone(platform, 1);
            try (DirectorProcess other = DirectorProcess.start(platform, Map.of())) {
                frozen.freeze();
                try {
                    other.awaitLead();
                    Play.join(platform, Unrest.COLD, 2).everybodyWasTold();
                } finally {
                    frozen.thaw();
                }
                Play cold = Play.join(platform, Unrest.COLD, 2);
                Play standby = Play.join(platform, ClusterPlatform.MODE, 2);
                cold.everybodyWasTold();
                standby.everybodyWasTold();

                await("it leads no more").atMost(SOON).until(() -> !frozen.leads());
                Orphans.awaitNone(platform, 1);
                other.kill();
                frozen.awaitLead();
                Play.join(platform, Unrest.COLD, 2).everybodyRaced();
            }
        }
    }

    @Test
    void aDirectorThatStoodStillLongerThanAServerMayBeSilentCallsNoneLost() {
        try (DirectorProcess director = DirectorProcess.start(platform, Map.of())) {
            director.awaitLead();
            Orphans.awaitNone(platform, 1);
            Play race = Play.race(platform, ClusterPlatform.MODE, 2);
            await("they race")
                    .atMost(SOON)
                    .until(() -> !platform.servers(ServerPhase.IN_MATCH).isEmpty());
            long back = System.nanoTime() + SILENT_TOO_LONG.toNanos();
            director.freeze();
            try {
                await("it stood still for " + SILENT_TOO_LONG)
                        .atMost(SILENT_TOO_LONG.plusSeconds(2))
                        .until(() -> System.nanoTime() > back);
            } finally {
                director.thaw();
            }

            race.everybodyRaced();
        }
    }

    @Test
    void whenTheLeaderIsKilledAnotherOneLeadsAndPodsAreMadeAgain() {
        try (DirectorProcess leader = DirectorProcess.start(platform, Map.of())) {
            leader.awaitLead();
            Orphans.awaitNone(platform, 1);
            try (DirectorProcess other = DirectorProcess.start(platform, Map.of())) {
                other.awaitStarted();
                Play race = Play.race(platform, ClusterPlatform.MODE, 2);
                await("they race")
                        .atMost(SOON)
                        .until(() -> !platform.servers(ServerPhase.IN_MATCH).isEmpty());
                long from = System.nanoTime();
                leader.kill();
                Play cold = Play.join(platform, Unrest.COLD, 2);

                other.awaitLead();
                long led = System.nanoTime();
                cold.everybodyRaced();
                LOG.info(
                        "the leader was killed otherLeadsAfterMs={} coldMatchOverAfterMs={}",
                        (led - from) / 1_000_000,
                        (System.nanoTime() - from) / 1_000_000);
                race.everybodyRaced();
                Orphans.awaitNone(platform, 1);
            }
        }
    }

    @Test
    void aNamespaceThatIsDeletedTakesItsServersAlongAndThePlayersAreTold() {
        String namespace = "faults-deleted";
        ClusterPlatform.createNamespace(platform.cluster(), namespace);
        ClusterPlatform there = platform.in(namespace);
        there.apply("gone-race", 1, GameServerImage.NAME);
        try (DirectorProcess director =
                DirectorProcess.start(there, Map.of("paddock.director.kubernetes.namespace", namespace))) {
            Orphans.awaitNone(there, 1);
            Play race = Play.race(there, "gone-race", 2);
            await("they race")
                    .atMost(SOON)
                    .until(() -> !there.servers(ServerPhase.IN_MATCH).isEmpty());

            there.client().namespaces().withName(namespace).delete();

            race.everybodyWasTold();
            // The namespace itself may wait longer: Kubernetes looks again after half of the longest grace that it met.
            Orphans.awaitNone(there, 0);
            await("the servers that have ended are forgotten")
                    .atMost(SOON)
                    .until(() -> there.servers().isEmpty());
            assertThat(director.isAlive()).isTrue();
        }
    }
}

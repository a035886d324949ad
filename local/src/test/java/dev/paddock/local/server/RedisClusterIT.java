package dev.paddock.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisClusterIT {
    private static final String PASSWORD = "a-password-for-this-test";
    private static final String KEY = "paddock:{duel}:queue";

    @TempDir
    Path folder;

    @Test
    void aReplicaTakesOverForAPrimaryThatIsKilledWhichComesBackAsAReplica() throws IOException {
        ServerHome home = ServerHome.in(folder, what -> {});
        try (RedisCluster cluster = RedisCluster.start(home, PASSWORD, Duration.ofMillis(500))) {
            RedisCluster.Server first = cluster.primaryOf(KEY).orElseThrow();
            try (RedisTalk talk = RedisTalk.with(first.port(), PASSWORD)) {
                assertThat(talk.say("SET " + KEY + " car")).isEqualTo("OK");
                assertThat(talk.say("WAIT 1 1000")).isEqualTo("1");
            }

            first.kill();
            RedisCluster.Server second = awaitPrimary(cluster);
            assertThat(second).isNotSameAs(first);
            assertThat(value(second)).isEqualTo("car");

            first.start();
            cluster.awaitWhole();
            assertThat(cluster.primaryOf(KEY)).contains(second);

            cluster.cutOffReplicaOf(KEY);
            try (RedisTalk talk = RedisTalk.with(second.port(), PASSWORD)) {
                assertThat(talk.say("SET " + KEY + " lorry")).isEqualTo("OK");
            }
            second.kill();
            assertThat(value(awaitPrimary(cluster)))
                    .as("after a write that was lost")
                    .isEqualTo("car");
        }
    }

    private static String value(RedisCluster.Server server) throws IOException {
        try (RedisTalk talk = RedisTalk.with(server.port(), PASSWORD)) {
            return talk.say("GET " + KEY);
        }
    }

    private static RedisCluster.Server awaitPrimary(RedisCluster cluster) {
        await("a replica takes over")
                .atMost(Duration.ofSeconds(20))
                .until(() -> cluster.primaryOf(KEY).isPresent());
        return cluster.primaryOf(KEY).orElseThrow();
    }
}

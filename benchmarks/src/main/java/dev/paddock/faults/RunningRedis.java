package dev.paddock.faults;

import dev.paddock.local.server.RedisCluster;
import dev.paddock.local.server.RedisServer;
import dev.paddock.local.server.RedisServer.Fsync;
import dev.paddock.local.server.ServerHome;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The Redis of a run. */
sealed interface RunningRedis extends AutoCloseable {
    /** After which a server that is silent is held for failed; longer than a busy machine keeps one waiting. */
    Duration NODE_TIMEOUT = Duration.ofSeconds(3);

    static RunningRedis start(Wish wish, ServerHome home, String password) {
        return switch (wish.redis()) {
            case ONE -> new One(home, password, wish.fsync());
            case CLUSTER -> new Clustered(RedisCluster.start(home, password, NODE_TIMEOUT));
        };
    }

    /** Where a client finds it. */
    List<URI> uris();

    /** A way to it for one more manager. */
    Wire wire();

    @Override
    void close();

    /** One server. */
    final class One implements RunningRedis {
        private final ServerHome home;
        private final String password;
        private final Fsync fsync;
        private RedisServer server;

        private One(ServerHome home, String password, Fsync fsync) {
            this.home = home;
            this.password = password;
            this.fsync = fsync;
            this.server = RedisServer.start(home, 0, password, fsync);
        }

        RedisServer server() {
            return server;
        }

        /** Starts it again, where it was. */
        void start() {
            server = RedisServer.start(home, server.port(), password, fsync);
        }

        @Override
        public List<URI> uris() {
            return List.of(server.uri(0));
        }

        @Override
        public Wire wire() {
            Link link = Link.to(server.port());
            return new Wire(List.of(URI.create("redis://:%s@127.0.0.1:%d/0".formatted(password, link.port()))), link);
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** Six servers. */
    record Clustered(RedisCluster cluster) implements RunningRedis {
        @Override
        public List<URI> uris() {
            return cluster.uris();
        }

        @Override
        public Wire wire() {
            return new Wire(uris(), null);
        }

        @Override
        public void close() {
            cluster.close();
        }
    }
}

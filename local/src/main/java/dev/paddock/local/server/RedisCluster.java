package dev.paddock.local.server;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A Redis Cluster on loopback: three primaries with a third of the slots each, and a replica for each of them, six
 * processes, with a password. Any of them can be killed and started again.
 *
 * <pre>
 * start six ─▶ slots for three ─▶ they meet ─▶ the other three become replicas ─▶ all agree, all replicas are in step
 * </pre>
 */
public final class RedisCluster implements AutoCloseable {
    private static final int PRIMARIES = 3;
    private static final int SERVERS = 2 * PRIMARIES;
    private static final int SLOTS = 16384;

    /** Where a server talks to the others of its cluster: so far above its own port. */
    private static final int BUS = 10_000;

    private static final int HIGHEST_PORT = 65_535;
    private static final int TRIES = 100;
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final ServerHome home;
    private final String password;
    private final Duration nodeTimeout;
    private final List<Server> servers;

    private RedisCluster(ServerHome home, String password, Duration nodeTimeout) {
        this.home = home;
        this.password = password;
        this.nodeTimeout = nodeTimeout;
        this.servers = IntStream.rangeClosed(1, SERVERS)
                .mapToObj(number -> new Server("redis-" + number))
                .toList();
    }

    /**
     * Returns when every server is ready and every replica in step.
     *
     * @param home an empty one, for all six
     * @param password letters, digits, dashes and underscores
     * @param nodeTimeout after which the others hold a silent server for failed; its replica takes over about a second
     *     later
     */
    public static RedisCluster start(ServerHome home, String password, Duration nodeTimeout) {
        RedisCluster cluster = new RedisCluster(home, password, nodeTimeout);
        try {
            cluster.servers.forEach(Server::start);
            cluster.make();
            return cluster;
        } catch (IOException | StartFailedException e) {
            cluster.close();
            throw e instanceof StartFailedException failed
                    ? failed
                    : new StartFailedException("Cannot make a Redis Cluster: " + e.getMessage() + ".", e);
        }
    }

    public List<Server> servers() {
        return servers;
    }

    /** Addresses with the password. */
    public List<URI> uris() {
        return servers.stream()
                .map(server -> URI.create("redis://:%s@127.0.0.1:%d".formatted(password, server.port())))
                .toList();
    }

    /** The server that takes writes of this key, as all that run see it; empty while they do not agree, or there is none. */
    public Optional<Server> primaryOf(String key) {
        for (Server candidate : servers) {
            boolean all = candidate.isRunning()
                    && servers.stream().filter(Server::isRunning).allMatch(server -> server.sees(candidate, key));
            if (all) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** The server that takes over when the primary of this key dies; empty while the servers do not agree on it. */
    public Optional<Server> replicaOf(String key) {
        return primaryOf(key)
                .flatMap(primary -> primary.lines("CLUSTER MYID").stream().findFirst())
                .flatMap(id ->
                        servers.stream().filter(server -> server.follows(id)).findFirst());
    }

    /**
     * Cuts the primary of this key off from its replica: what it answers from now on, the replica does not hear. If it is
     * killed then, the replica takes over without that: Redis has lost what it had answered.
     */
    public void cutOffReplicaOf(String key) {
        Server primary = primaryOf(key).orElseThrow(() -> new IllegalStateException("no primary has " + key));
        try {
            Server replica = replicaOf(key).orElseThrow(() -> new IllegalStateException("no replica has " + key));
            // It is not let in any more when it comes back.
            replica.say("CONFIG SET masterauth wrong");
            primary.say("CLIENT KILL TYPE replica");
            await(
                    "the replica has lost its primary",
                    () -> primary.lines("INFO replication").contains("connected_slaves:0"));
        } catch (IOException e) {
            throw new IllegalStateException("cannot cut the replica off from " + primary, e);
        }
    }

    /** Waits until every server runs, every slot is served, and every replica has all that its primary has. */
    public void awaitWhole() {
        await("all of the cluster is there", this::isWhole);
    }

    private boolean isWhole() {
        return servers.stream().allMatch(Server::isInStep);
    }

    /** Ends all that still run. */
    @Override
    public void close() {
        servers.forEach(Server::close);
    }

    private void make() throws IOException {
        for (int i = 0; i < SERVERS; i++) {
            servers.get(i).say("CLUSTER SET-CONFIG-EPOCH " + (i + 1));
        }
        for (int i = 0; i < PRIMARIES; i++) {
            StringBuilder slots = new StringBuilder("CLUSTER ADDSLOTS");
            for (int slot = i * SLOTS / PRIMARIES; slot < (i + 1) * SLOTS / PRIMARIES; slot++) {
                slots.append(' ').append(slot);
            }
            servers.get(i).say(slots.toString());
        }
        for (Server server : servers) {
            servers.getFirst().say("CLUSTER MEET 127.0.0.1 " + server.port());
        }
        await("all servers know each other", () -> servers.stream().allMatch(Server::knowsAll));
        for (int i = PRIMARIES; i < SERVERS; i++) {
            servers.get(i).say("CLUSTER REPLICATE " + servers.get(i - PRIMARIES).say("CLUSTER MYID"));
        }
        awaitWhole();
    }

    private void await(String what, BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(READY_WITHIN);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new StartFailedException("A Redis Cluster waited %d s in vain until %s; the logs are beside %s."
                        .formatted(READY_WITHIN.toSeconds(), what, home.log()));
            }
            servers.forEach(Server::mustRun);
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** One of the six. */
    public final class Server {
        private final String name;
        private final ServerHome own;
        private int port;
        private volatile @Nullable ChildProcess process;

        private Server(String name) {
            this.name = name;
            this.own = new ServerHome(
                    home.data().resolve(name),
                    home.log().resolveSibling(name + ".log"),
                    home.records(),
                    home.progress());
        }

        public int port() {
            return port;
        }

        public boolean isRunning() {
            ChildProcess running = process;
            return running != null && running.isAlive();
        }

        /** Its process, for signals. */
        public ChildProcess process() {
            ChildProcess running = process;
            if (running == null) {
                throw new IllegalStateException(name + " was not started");
            }
            return running;
        }

        /** SIGKILL: what its replica has not heard by then is lost, unless it is back before the replica takes over. */
        public void kill() {
            process().kill();
        }

        /** Starts it, with what it had, on the port that it had. */
        public void start() {
            for (int attempt = 1; port == 0; attempt++) {
                int free = freePort();
                try {
                    startOn(free);
                    port = free;
                    return;
                } catch (StartFailedException e) {
                    // Another process may have been quicker to take the port.
                    if (attempt == PRIMARIES || Ports.isFree("127.0.0.1", free)) {
                        throw e;
                    }
                }
            }
            startOn(port);
        }

        @Override
        public String toString() {
            return name + ":" + port;
        }

        private void startOn(int chosen) {
            PrivateFiles.folder(own.data());
            var conf = PrivateFiles.write(own.data().resolve("redis.conf"), """
                    bind 127.0.0.1
                    port %1$d
                    protected-mode yes
                    requirepass %2$s
                    masterauth %2$s
                    dir "%3$s"
                    daemonize no
                    save ""
                    appendonly yes
                    appendfsync everysec
                    maxmemory-policy noeviction
                    cluster-enabled yes
                    cluster-config-file nodes.conf
                    cluster-node-timeout %4$d
                    cluster-require-full-coverage no
                    """.formatted(
                            chosen, password, own.data().toAbsolutePath(), nodeTimeout.toMillis()));
            ChildProcess started = own.run(
                    name,
                    List.of(RedisBinary.find().toString(), conf.toAbsolutePath().toString()));
            process = started;
            Readiness.await(
                    started, chosen, "AUTH " + password + "\r\nPING\r\n", said -> said.contains("+PONG"), READY_WITHIN);
        }

        private static int freePort() {
            for (int i = 0; i < TRIES; i++) {
                int port = Ports.free();
                if (port + BUS <= HIGHEST_PORT && Ports.isFree("127.0.0.1", port + BUS)) {
                    return port;
                }
            }
            throw new StartFailedException("No port is free for a server of a Redis Cluster.");
        }

        private void mustRun() {
            if (process().endedWithin(Duration.ZERO)) {
                throw process().died();
            }
        }

        private void close() {
            ChildProcess running = process;
            if (running != null && running.isAlive()) {
                running.close();
            }
        }

        private String say(String command) throws IOException {
            try (RedisTalk talk = RedisTalk.with(port, password)) {
                return talk.say(command);
            }
        }

        private boolean follows(String primaryId) {
            return lines("CLUSTER NODES").stream().anyMatch(line -> line.contains("myself,slave " + primaryId + " "));
        }

        private boolean knowsAll() {
            List<String> nodes = lines("CLUSTER NODES");
            return nodes.size() == SERVERS && nodes.stream().noneMatch(line -> line.contains("handshake"));
        }

        private boolean isInStep() {
            List<String> cluster = lines("CLUSTER INFO");
            List<String> replication = lines("INFO replication");
            return cluster.contains("cluster_state:ok")
                    && cluster.contains("cluster_slots_ok:" + SLOTS)
                    && (replication.contains("master_link_status:up")
                            || replication.stream().anyMatch(line -> line.matches("connected_slaves:[1-9]")));
        }

        /** Whether this server sees that one as the primary of the key. */
        private boolean sees(Server other, String key) {
            if (!isRunning()) {
                return false;
            }
            try (RedisTalk talk = RedisTalk.with(port, password)) {
                int slot = Integer.parseInt(talk.say("CLUSTER KEYSLOT " + key));
                return talk.say("CLUSTER NODES")
                        .lines()
                        .filter(line -> line.contains("127.0.0.1:" + other.port + "@"))
                        .anyMatch(line -> isPrimaryOf(line, slot));
            } catch (IOException e) {
                return false;
            }
        }

        private List<String> lines(String command) {
            if (!isRunning()) {
                return List.of();
            }
            try {
                return say(command).lines().toList();
            } catch (IOException e) {
                return List.of();
            }
        }
    }

    /**
     * @param line of {@code CLUSTER NODES}: id, address, flags, primary's id, ping, pong, epoch, state of the link, then
     *     slots like {@code 0-5460} or {@code 7}
     */
    static boolean isPrimaryOf(String line, int slot) {
        String[] words = line.split(" ", -1);
        if (words.length < 9 || !words[2].contains("master") || words[2].contains("fail")) {
            return false;
        }
        for (int i = 8; i < words.length; i++) {
            // A slot that is on its way to another server is told in brackets.
            if (!words[i].startsWith("[")) {
                String[] range = words[i].split("-", -1);
                int from = Integer.parseInt(range[0]);
                int to = Integer.parseInt(range[range.length - 1]);
                if (slot >= from && slot <= to) {
                    return true;
                }
            }
        }
        return false;
    }
}

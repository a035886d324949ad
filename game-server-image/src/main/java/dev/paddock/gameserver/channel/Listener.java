package dev.paddock.gameserver.channel;

import dev.paddock.protocol.server.PortRange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bound port: lets connections in within the limits, and cuts those that overstay. */
public final class Listener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 128;
    private static final long SWEEP_MILLIS = 100;

    private final ServerSocket socket;
    private final ChannelLimits limits;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sweeper").factory());

    private Listener(ServerSocket socket, ChannelLimits limits) {
        this.socket = socket;
        this.limits = limits;
    }

    /**
     * Binds a port: any free one, or a free one of the range, searched from a random place so that servers that start
     * together seldom meet.
     *
     * @throws IOException if none could be bound
     */
    public static Listener bind(String address, @Nullable PortRange range, ChannelLimits limits, RandomGenerator random)
            throws IOException {
        InetAddress host = InetAddress.getByName(address);
        if (range == null) {
            return new Listener(new ServerSocket(0, BACKLOG, host), limits);
        }
        int size = range.last() - range.first() + 1;
        int offset = random.nextInt(size);
        for (int i = 0; i < size; i++) {
            ServerSocket socket = tryPort(host, range.first() + (offset + i) % size);
            if (socket != null) {
                return new Listener(socket, limits);
            }
        }
        throw new IOException("no free port in " + range.first() + "-" + range.last() + " on " + address);
    }

    private static @Nullable ServerSocket tryPort(InetAddress host, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(host, port), BACKLOG);
            return socket;
        } catch (java.net.BindException e) {
            socket.close();
            return null;
        }
    }

    /** The port that is bound. */
    public int port() {
        return socket.getLocalPort();
    }

    /** Starts to let clients in. */
    public void open(TlsIdentity identity, Guests guests) {
        Thread.ofPlatform().daemon().name("accept").start(() -> acceptAll(identity, guests));
        ScheduledFuture<?> unused =
                sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** How many connections there are, joined or not. */
    public int connections() {
        return connections.size();
    }

    @Override
    public void close() throws IOException {
        sweeper.shutdownNow();
        socket.close();
        connections.forEach(Connection::cut);
    }

    private void acceptAll(TlsIdentity identity, Guests guests) {
        RateLimit rate = new RateLimit(limits.connectionsPerSecond(), System.nanoTime());
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                if (connections.size() >= limits.connections(guests.expected()) || !rate.take(System.nanoTime())) {
                    // Without a word: an answer would cost the handshake that the limit is there to save.
                    client.close();
                    continue;
                }
                client.setTcpNoDelay(true);
                admit(new Connection(client, identity, guests, limits));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    LOG.warn("A connection could not be accepted: why={}", e.toString());
                }
            }
        }
    }

    private void admit(Connection connection) {
        connections.add(connection);
        Thread.ofVirtual().start(() -> {
            try {
                connection.serve();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                connections.remove(connection);
            }
        });
    }

    private void sweep() {
        long now = System.nanoTime();
        for (Connection connection : connections) {
            if (connection.overdue(now)) {
                connection.cut();
            }
        }
    }
}

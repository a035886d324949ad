package dev.paddock.local.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loopback ports for servers that must be told theirs. */
public final class Ports {
    private static final Logger LOG = LoggerFactory.getLogger(Ports.class);
    private static final int TRIES = 3;

    private Ports() {}

    /** A port that was free a moment ago. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on the loopback address", e);
        }
    }

    /** Whether nobody listens there. A port that is only waiting for old packets counts as free. */
    public static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts on the port, or for 0 on a free one; since another process may take that first, up to three times. */
    static <T> T start(int port, IntFunction<T> start) {
        if (port != 0) {
            return start.apply(port);
        }
        for (int attempt = 1; attempt < TRIES; attempt++) {
            int free = free();
            try {
                return start.apply(free);
            } catch (StartFailedException e) {
                // Interrupted: we are to stop, not to try again.
                if (Thread.currentThread().isInterrupted() || isFree("127.0.0.1", free)) {
                    throw e;
                }
                LOG.warn("another process took the port, trying the next one port={}", free);
            }
        }
        return start.apply(free());
    }
}

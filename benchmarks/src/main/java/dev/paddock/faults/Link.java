package dev.paddock.faults;

import dev.paddock.local.server.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wire between one manager and Redis: can be cut, be slow, and hold back what the manager says and deliver it later,
 * as a network may, even when the manager has given the connection up.
 */
final class Link implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final int BUFFER = 16 * 1024;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable CountDownLatch held;
    private volatile long delayNanos;

    private Link(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /** A wire to that port of this machine. */
    static Link to(int port) {
        try {
            Link link = new Link(new ServerSocket(Ports.free(), 64, InetAddress.getLoopbackAddress()), port);
            Thread.ofVirtual().name("link").start(link::accept);
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException("no port for a link", e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Closes every connection; new ones are let through. */
    void cut() {
        open.forEach(Link::close);
    }

    /** From now on what the manager says stays on the way, until {@link #deliver}. */
    void hold() {
        held = new CountDownLatch(1);
    }

    void deliver() {
        CountDownLatch latch = held;
        held = null;
        if (latch != null) {
            latch.countDown();
        }
    }

    /** What the manager says arrives so much later; zero: at once. */
    void delay(Duration by) {
        delayNanos = by.toNanos();
    }

    @Override
    public void close() {
        deliver();
        try {
            listener.close();
        } catch (IOException e) {
            LOG.debug("was closed", e);
        }
        cut();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket manager = listener.accept();
                Thread.ofVirtual().name("link-up").start(() -> carry(manager));
            } catch (IOException e) {
                LOG.debug("no more connections", e);
            }
        }
    }

    private void carry(Socket manager) {
        Socket redis = new Socket();
        open.add(manager);
        open.add(redis);
        try {
            redis.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 1000);
            manager.setTcpNoDelay(true);
            redis.setTcpNoDelay(true);
            Thread.ofVirtual().name("link-down").start(() -> down(redis, manager));
            up(manager, redis);
        } catch (IOException e) {
            LOG.debug("a connection ended", e);
        } finally {
            forget(manager);
            forget(redis);
        }
    }

    private void up(Socket manager, Socket redis) throws IOException {
        InputStream in = manager.getInputStream();
        OutputStream out = redis.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            wait(held);
            if (delayNanos > 0) {
                LockSupport.parkNanos(delayNanos);
            }
            out.write(buffer, 0, read);
        }
    }

    private static void wait(@Nullable CountDownLatch latch) throws IOException {
        if (latch == null) {
            return;
        }
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Leaves the other direction alone: what the manager has said is delivered though it listens no more. */
    private void down(Socket redis, Socket manager) {
        try {
            InputStream in = redis.getInputStream();
            OutputStream out = manager.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
            forget(manager);
        } catch (IOException e) {
            LOG.debug("a connection ended", e);
            if (redis.isClosed()) {
                forget(manager);
            }
        }
    }

    private void forget(Socket socket) {
        open.remove(socket);
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("was closed", e);
        }
    }
}

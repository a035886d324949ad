package dev.paddock.director.key;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few RSA-2048 keys that are ready. One takes 55 ms to make when warm and half a second in a cold JVM, so they are made
 * by one thread, ahead of need. Not in the moment in which one is taken, as that may be a match's cold start: only after a
 * while, or when few are left.
 */
@Singleton
public final class KeyPool implements AutoCloseable {
    /** Enough for the servers that are started while one more key is made. */
    static final int READY = 4;

    /** With fewer than these, the next one is made at once. */
    static final int FEW = 2;

    /** Longer than a server takes to start: Linux gives a thread no lower priority that would do instead. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final int BITS = 2048;

    private static final Logger LOG = LoggerFactory.getLogger(KeyPool.class);

    private final BlockingQueue<ServerKey> ready = new ArrayBlockingQueue<>(READY);
    private final Semaphore few = new Semaphore(0);
    private final Duration quiet;
    private final Thread maker;

    @Inject
    public KeyPool() {
        this(KeyPool::rsa, QUIET);
    }

    KeyPool(Supplier<ServerKey> source, Duration quiet) {
        this.quiet = quiet;
        // A platform thread: making a key is all computing, and would keep a carrier of the virtual ones.
        maker = Thread.ofPlatform().name("key-pool").daemon(true).start(() -> make(source));
    }

    /** A key that nobody else has; waits if none is ready. */
    public ServerKey take() throws InterruptedException {
        ServerKey key = ready.take();
        if (ready.size() < FEW) {
            few.release();
        }
        return key;
    }

    @Override
    @PreDestroy
    public void close() {
        maker.interrupt();
    }

    private void make(Supplier<ServerKey> source) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                ready.put(source.get());
                few.drainPermits();
                if (ready.size() >= FEW) {
                    boolean needed = few.tryAcquire(quiet.toMillis(), TimeUnit.MILLISECONDS);
                    LOG.trace("making a key needed={}", needed);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ServerKey rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return ServerKey.of(generator.generateKeyPair());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }
}

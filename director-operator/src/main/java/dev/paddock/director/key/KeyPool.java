package dev.paddock.director.key;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A few RSA-2048 keys that are ready. One takes 55 ms to make when warm and half a second in a cold JVM, so they are made
 * by one thread of low priority, ahead of need.
 */
@Singleton
public final class KeyPool implements AutoCloseable {
    /** Enough for the servers that are started while one more key is made. */
    static final int READY = 4;

    private static final int BITS = 2048;

    private final BlockingQueue<ServerKey> ready = new ArrayBlockingQueue<>(READY);
    private final Thread maker;

    public KeyPool() {
        // A platform thread: making a key is all computing, and would keep a carrier of the virtual ones.
        maker = Thread.ofPlatform()
                .name("key-pool")
                .daemon(true)
                .priority(Thread.MIN_PRIORITY)
                .start(this::make);
    }

    /** A key that nobody else has; waits if none is ready. */
    public ServerKey take() throws InterruptedException {
        return ready.take();
    }

    @Override
    @PreDestroy
    public void close() {
        maker.interrupt();
    }

    private void make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            while (!Thread.currentThread().isInterrupted()) {
                ready.put(ServerKey.of(generator.generateKeyPair()));
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has RSA", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.paddock.manager.account;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Hashes passwords with Argon2id (19 MiB, 2 passes), no more at once than there are processors; who waits too long is
 * sent away instead of piling up. On threads of the platform: a virtual one gives its carrier back only when it waits, and
 * this never waits.
 */
@Singleton
final class Passwords implements AutoCloseable {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;

    private final Argon2Function argon2 = Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID);
    private final SecureRandom random = new SecureRandom();
    private final ExecutorService hashers;
    private final Semaphore places;
    private final Duration longestWait;
    private final String nobodysHash;

    Passwords(AccountSettings settings) {
        int atOnce =
                settings.hashesAtOnce() == 0 ? Runtime.getRuntime().availableProcessors() : settings.hashesAtOnce();
        this.hashers = Executors.newFixedThreadPool(
                atOnce, Thread.ofPlatform().name("passwords-", 0).daemon().factory());
        this.places = new Semaphore(atOnce, true);
        this.longestWait = settings.hashWait();
        this.nobodysHash = hashNow("nobody");
    }

    /** The hash with its salt and parameters, in PHC's string format. */
    String hash(String password) {
        return inTurn(() -> hashNow(password));
    }

    boolean matches(String password, String hash) {
        return inTurn(() ->
                Argon2Function.getInstanceFromHash(hash).check(bytes(password), hash.getBytes(StandardCharsets.UTF_8)));
    }

    /** Takes as long as {@link #matches}, so that the time of a failed login does not say whether the name exists. */
    void matchNobody(String password) {
        matches(password, nobodysHash);
    }

    @Override
    @PreDestroy
    public void close() {
        hashers.shutdownNow();
    }

    private String hashNow(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return argon2.hash(bytes(password), salt).getResult();
    }

    // The same letters, whichever keyboard wrote them.
    private static byte[] bytes(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
    }

    private <T> T inTurn(Callable<T> work) {
        try {
            if (!places.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProblemException(
                        ProblemType.UNAVAILABLE, "Too many logins at this moment.", Duration.ofSeconds(2));
            }
            try {
                return hashers.submit(work).get();
            } finally {
                places.release();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password was not hashed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.UNAVAILABLE, "The manager is stopping.", Duration.ofSeconds(2));
        }
    }
}

package dev.paddock.manager;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Time and chance, passed in, so that tests can hand in theirs. */
@Factory
final class Surroundings {
    /** Before the one that the security framework brings for itself. */
    @Singleton
    @Primary
    InstantSource time() {
        return InstantSource.system();
    }

    /** For ids and tokens too: what it gives cannot be guessed. */
    @Singleton
    @Bean(typed = RandomGenerator.class)
    SecureRandom random() {
        return new SecureRandom();
    }
}

package dev.paddock.director.operator;

import dev.paddock.director.DirectorSettings;
import dev.paddock.director.kubernetes.KubernetesSettings;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What the pure parts are made of. */
@Factory
@Requires(property = "paddock.director.backend", value = "kubernetes")
final class OperatorBeans {
    /** The director that declared a server gives it up after {@code start-within}; the operator later, if that one is gone. */
    private static final Duration LATER = Duration.ofSeconds(15);

    @Singleton
    ServerStep.Times times(KubernetesSettings settings, DirectorSettings director) {
        return new ServerStep.Times(
                settings.keepFinished(), director.startWithin().plus(LATER), settings.stopWithin());
    }
}

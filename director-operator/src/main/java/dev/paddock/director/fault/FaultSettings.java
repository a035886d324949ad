package dev.paddock.director.fault;

import io.micronaut.context.annotation.ConfigurationProperties;
import org.jspecify.annotations.Nullable;

/**
 * For tests alone.
 *
 * @param faultPoint {@code PADDOCK_DIRECTOR_FAULT_POINT}, default none: the director dies, as by SIGKILL, when it reaches
 *     this point for the first time: {@code after POST gameservers}, {@code before REQUEST server.*.assign}
 * @param faultLog {@code PADDOCK_DIRECTOR_FAULT_LOG}, default none: a file to which each point is added when it is reached
 *     for the first time
 */
@ConfigurationProperties("paddock.director")
public record FaultSettings(
        @Nullable String faultPoint, @Nullable String faultLog) {}

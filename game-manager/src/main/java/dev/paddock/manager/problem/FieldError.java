package dev.paddock.manager.problem;

import io.micronaut.core.annotation.Introspected;

/**
 * What is wrong with one field of a request.
 *
 * @param field its path, like {@code latencies.eu}
 * @param message a sentence for a person
 */
@Introspected
public record FieldError(String field, String message) {}

package dev.paddock.manager.match;

import io.micronaut.core.annotation.Introspected;

/** Of a row of {@code players}, what a match changes. */
@Introspected
record RatingRow(String playerId, double rating, double uncertainty) {}

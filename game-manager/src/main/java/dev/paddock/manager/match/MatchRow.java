package dev.paddock.manager.match;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/**
 * A row of {@code matches}.
 *
 * @param document {@link FinishedMatch} in JSON
 */
@MappedEntity("matches")
record MatchRow(
        @Id String matchId, String mode, String region, String state, long formedAt, long endedAt, String document) {}

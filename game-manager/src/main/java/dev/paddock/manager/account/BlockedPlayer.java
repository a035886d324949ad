package dev.paddock.manager.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** Somebody whom a player never wants to meet. */
@MappedEntity("blocked_players")
record BlockedPlayer(@Id String playerId, String name, Instant blockedAt) {}

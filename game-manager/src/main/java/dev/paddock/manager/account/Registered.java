package dev.paddock.manager.account;

import io.micronaut.core.annotation.Introspected;

/** Answer to {@code POST /v1/players}. */
@Introspected
record Registered(String playerId, String name) {}

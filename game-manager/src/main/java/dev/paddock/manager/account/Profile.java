package dev.paddock.manager.account;

import dev.paddock.manager.rating.Rating;

/** What matchmaking needs to know of a player. */
public record Profile(String playerId, String name, Rating rating) {}

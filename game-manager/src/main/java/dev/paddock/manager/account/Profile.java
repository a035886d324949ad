package dev.paddock.manager.account;

/** What matchmaking needs to know of a player. */
public record Profile(String playerId, String name, double rating) {}

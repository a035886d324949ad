package dev.paddock.protocol.match;

/**
 * A player of a match.
 *
 * @param team from 0
 */
public record MatchPlayer(String playerId, String name, int team, Loadout loadout) {}

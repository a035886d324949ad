package dev.paddock.protocol.match;

/**
 * Manager → director: this server is not wanted for this match (any more); retire it. Answered {@link
 * dev.paddock.protocol.Heard}, also when there is no such server.
 */
public record StopMatch(String matchId, String serverId, String why) {}

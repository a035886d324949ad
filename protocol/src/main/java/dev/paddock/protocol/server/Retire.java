package dev.paddock.protocol.server;

/** Director → server: exit at once if there is no match, else when the match is over. */
public record Retire(String why) {}

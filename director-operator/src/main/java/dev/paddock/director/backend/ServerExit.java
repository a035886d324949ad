package dev.paddock.director.backend;

/**
 * A server is gone.
 *
 * @param clean whether it ended by itself and well
 * @param how for a person: its exit code, and where its log is
 */
public record ServerExit(String serverId, boolean clean, String how) {}

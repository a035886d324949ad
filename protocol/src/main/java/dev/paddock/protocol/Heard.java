package dev.paddock.protocol;

/** The answer to what is repeated until it is heard: "do not say it again". */
public record Heard() {}

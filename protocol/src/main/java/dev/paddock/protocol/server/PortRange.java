package dev.paddock.protocol.server;

/** The ports that a game server may bind, both ends included. */
public record PortRange(int first, int last) {
    public PortRange {
        if (first < 1 || last > 65535 || first > last) {
            throw new IllegalArgumentException(
                    "a port range needs 1 <= first <= last <= 65535, is " + first + "-" + last);
        }
    }
}

package dev.paddock.protocol.planted;

import io.nats.client.Connection;

/** Protocol with a vendor. */
public class Planted {
    Connection nats;
}

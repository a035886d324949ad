package dev.paddock.protocol.server;

import org.jspecify.annotations.Nullable;

/**
 * {@code server.json} in {@code PADDOCK_DIR}: who this server is.
 *
 * @param natsUrl like {@code nats://127.0.0.1:4222}
 * @param bind the address to listen on; loopback on one machine, {@code 0.0.0.0} on a node
 * @param ports the ports it may bind; null: any free one
 */
public record ServerConfig(
        String serverId,
        String mode,
        String region,
        String natsUrl,
        String bind,
        @Nullable PortRange ports) {}

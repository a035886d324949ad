package dev.paddock.crds;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server as it is.
 *
 * @param address where players reach it: the node's external address, else its internal one
 * @param ports by transport: {@code tcp}, {@code udp}
 * @param matchId the match it serves
 * @param players how many are connected
 * @param publicKey PEM of its SubjectPublicKeyInfo
 * @param observedGeneration the generation of the spec that this speaks of
 */
public record GameServerStatus(
        @Nullable ServerPhase phase,
        @Nullable String address,
        @Nullable Map<String, Integer> ports,
        @Nullable String node,
        @Nullable String matchId,
        @Nullable Integer players,
        @Nullable String publicKey,
        @Nullable String publicKeySha256,
        @Nullable Long observedGeneration,
        @Nullable List<Condition> conditions) {}

package dev.paddock.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The server as it is.
 *
 * @param address where players reach it: the node's external address, else its internal one
 * @param ports by transport: {@code tcp}, {@code udp}
 * @param matchId the match it serves
 * @param players how many are connected
 * @param publicKey PEM of its SubjectPublicKeyInfo
 * @param endedAt when it came into its last phase, RFC 3339
 * @param observedGeneration the generation of the spec that this speaks of
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GameServerStatus(
        @Nullable ServerPhase phase,
        @Nullable String address,
        @Nullable Map<String, Integer> ports,
        @Nullable String node,
        @Nullable String matchId,
        @Nullable Integer players,
        @Nullable String publicKey,
        @Nullable String publicKeySha256,
        @Nullable String endedAt,
        @Nullable Long observedGeneration,
        @Nullable List<Condition> conditions) {
    /** What kubectl shows of the ports, {@code 40123/tcp,40124/udp}, because a column cannot print a map. Never read. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public @Nullable String portsShown() {
        if (ports == null) {
            return null;
        }
        return new TreeMap<>(ports)
                .entrySet().stream()
                        .map(port -> port.getValue() + "/" + port.getKey())
                        .collect(Collectors.joining(","));
    }
}

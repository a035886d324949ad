package dev.paddock.protocol.match;

import java.util.Map;

/**
 * Where a match's server is, and the key that its channel must prove.
 *
 * @param host IP address or name of the node
 * @param ports by transport: {@code tcp}, {@code udp}
 * @param publicKey PEM of the SubjectPublicKeyInfo (RFC 5280)
 * @param publicKeySha256 Base64 (RFC 4648 section 4) of the SHA-256 of the DER SubjectPublicKeyInfo, as in RFC 7469
 */
public record Endpoint(String host, Map<String, Integer> ports, String publicKey, String publicKeySha256) {
    public Endpoint {
        ports = Map.copyOf(ports);
    }
}

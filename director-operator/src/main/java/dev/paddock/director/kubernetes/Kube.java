package dev.paddock.director.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * The API server, and the namespace that modes are read from and servers are started in.
 *
 * @param client closed with the director
 */
public record Kube(KubernetesClient client, String namespace) {}

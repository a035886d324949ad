/**
 * Game servers as {@code GameServer} resources of a Kubernetes cluster, each with a Secret of its own; the {@link
 * dev.paddock.director.operator operator} makes pods of them. Everything that several directors must agree on is in the API
 * server. Read {@link dev.paddock.director.kubernetes.KubernetesBackend} first.
 */
@NullMarked
package dev.paddock.director.kubernetes;

import org.jspecify.annotations.NullMarked;

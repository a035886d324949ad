/**
 * Where game servers run, as the director sees it. Read {@link dev.paddock.director.backend.Backend} first; {@link
 * dev.paddock.director.process.ProcessBackend} is the one for a single machine, {@link dev.paddock.director.kubernetes.KubernetesBackend} the one for a cluster.
 */
@NullMarked
package dev.paddock.director.backend;

import org.jspecify.annotations.NullMarked;

/**
 * The custom resources {@code paddock.dev/v1} as Java types: {@code GameMode} ({@code gm}), what can be played, and
 * {@code GameServer} ({@code gs}), one server for one match. The chart has their CRDs as YAML, which tests compare with what
 * the build generates from these types. The same types read the mode files of a director that runs without a cluster. There
 * is no logic here; read {@link dev.paddock.crds.GameMode} first.
 */
@NullMarked
package dev.paddock.crds;

import org.jspecify.annotations.NullMarked;

/**
 * Where game servers run, as the director sees it. Read {@link dev.paddock.director.backend.Backend} first; {@link
 * dev.paddock.director.process.ProcessBackend} is the one for a single machine.
 */
@NullMarked
package dev.paddock.director.backend;

import org.jspecify.annotations.NullMarked;

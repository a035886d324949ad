/** Tests of the checker with planted histories, and a short run of the whole. */
@org.jspecify.annotations.NullMarked
package dev.paddock.faults;

/** Tests of the words of {@code ./paddock}. */
@org.jspecify.annotations.NullMarked
package dev.paddock.bench;

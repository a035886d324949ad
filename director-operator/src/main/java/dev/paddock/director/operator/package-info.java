/**
 * The operator: makes pods of {@code GameServer} resources and says in their status what became of them. Runs in the director
 * that leads. Read {@link dev.paddock.director.operator.ServerStep} first: what is to be done, decided from what is seen.
 */
@NullMarked
package dev.paddock.director.operator;

import org.jspecify.annotations.NullMarked;

/**
 * How strong players are, and how sure that is: what a match changes in it. Pure; {@code match} applies it, in the
 * transaction that writes a result.
 *
 * <p>Read {@link dev.paddock.manager.rating.PlackettLuce} first. A rating is a mean and an uncertainty on the scale of
 * {@link dev.paddock.manager.rating.Rating}; both are columns of the MySQL table {@code players}.
 */
@NullMarked
package dev.paddock.manager.rating;

import org.jspecify.annotations.NullMarked;

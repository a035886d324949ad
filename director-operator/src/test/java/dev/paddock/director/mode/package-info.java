/** Mode files, good and bad. */
package dev.paddock.director.mode;

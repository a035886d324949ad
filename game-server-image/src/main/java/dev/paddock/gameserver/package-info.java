@NullMarked
package dev.paddock.gameserver;

import org.jspecify.annotations.NullMarked;

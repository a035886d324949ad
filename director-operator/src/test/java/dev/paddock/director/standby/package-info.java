/** Which standbys are started and retired, and when, without a server. */
package dev.paddock.director.standby;

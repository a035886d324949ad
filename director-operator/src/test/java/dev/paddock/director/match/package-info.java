/** The director on a real NATS, with servers that behave as told. */
package dev.paddock.director.match;

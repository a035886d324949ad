@org.jspecify.annotations.NullMarked
package dev.paddock.director.fault;

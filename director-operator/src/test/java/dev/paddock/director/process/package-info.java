/** The process backend's settings. */
package dev.paddock.director.process;

package dev.paddock.director;

import io.micronaut.runtime.Micronaut;

/** Starts the director. */
public final class DirectorApplication {
    private DirectorApplication() {}

    public static void main(String[] args) {
        Micronaut.build(args).mainClass(DirectorApplication.class).banner(false).start();
    }
}

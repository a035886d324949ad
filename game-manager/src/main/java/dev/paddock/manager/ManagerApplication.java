package dev.paddock.manager;

import io.micronaut.runtime.Micronaut;

/** Starts the game manager. */
public final class ManagerApplication {
    private ManagerApplication() {}

    public static void main(String[] args) {
        Micronaut.build(args).mainClass(ManagerApplication.class).banner(false).start();
    }
}

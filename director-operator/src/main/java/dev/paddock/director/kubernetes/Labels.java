package dev.paddock.director.kubernetes;

/** What Paddock's objects are marked with. */
public final class Labels {
    /** The mode of a server. */
    public static final String MODE = "paddock.dev/mode";

    /** The template that a server was started with. */
    public static final String TEMPLATE = "paddock.dev/template";

    /** On pods and Secrets: the server that they are of. */
    public static final String SERVER = "paddock.dev/server";

    /** On pods: {@code true} once the server has a match. */
    public static final String IN_MATCH = "paddock.dev/in-match";

    /**
     * Annotation of a server: PEM of the public key whose private half is in its Secret. Who finishes what another director has
     * begun adds one of his own, with more after this name: whose Secret came first, only the server knows, and proves.
     */
    public static final String PUBLIC_KEY = "paddock.dev/public-key";

    private Labels() {}
}

package dev.paddock.director.backend;

/** On which node the next match is best. */
public enum Packing {
    /** Where most matches run: nodes become empty, and an autoscaler can take them away. */
    PACK,
    /** Where fewest run: less is lost with a node, and each match has more of it. */
    SPREAD
}

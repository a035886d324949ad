package dev.paddock.director.fleet;

import java.util.List;

/** What to do about a match: its next step, and the servers that it does not want any more. */
public record Start(StartStep step, List<String> retire) {
    public Start {
        retire = List.copyOf(retire);
    }

    static Start of(StartStep step) {
        return new Start(step, List.of());
    }
}

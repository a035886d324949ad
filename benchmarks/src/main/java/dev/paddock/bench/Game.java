package dev.paddock.bench;

import dev.paddock.protocol.mode.Teams;

/** What the matcher is measured with. */
public enum Game {
    DUEL("1v1", new Teams(2, 1)),
    FIVES("5v5", new Teams(2, 5));

    final String title;
    final Teams teams;

    Game(String title, Teams teams) {
        this.title = title;
        this.teams = teams;
    }
}

package dev.paddock.gameserver;

/** What a server repeats until it is heard; the word is the last token of the subject on which the answer comes. */
enum Said {
    /** Bound, no match yet. */
    STANDBY("standby"),
    /** The match is loaded. */
    READY("ready"),
    /** The match is over. */
    ENDED("ended"),
    /** Which seats are free; of several sayings each has its own number, and is heard by itself. */
    SEATS("seats");

    private final String word;

    Said(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}

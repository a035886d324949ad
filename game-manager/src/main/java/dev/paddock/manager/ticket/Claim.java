package dev.paddock.manager.ticket;

/** A player's one place: the ticket that holds it. In Redis: {@code <mode> <ticketId> <claimedAt ms>}. */
record Claim(String mode, String ticketId, long claimedAtMs) {
    /** @throws IllegalStateException if it is not three words with a number at the end */
    static Claim of(String text) {
        String[] words = text.split(" ", -1);
        if (words.length != 3) {
            throw new IllegalStateException("not a claim: '" + text + "'");
        }
        return new Claim(words[0], words[1], Long.parseLong(words[2]));
    }

    String text() {
        return mode + " " + ticketId + " " + claimedAtMs;
    }
}

package dev.paddock.replay;

/** What a replay is summed up in. */
enum Figure {
    TICKETS("tickets", "tickets", 0),
    PLAYERS("players", "players", 0),
    MATCHES("matches", "matches", 0),
    MATCHED("matchedTickets", "tickets matched", 0),
    LEFT("leftTickets", "tickets taken back", 0),
    EXPIRED("expiredTickets", "tickets expired", 0),
    WAITING("waitingTickets", "tickets that wait at the end", 0),
    UNMATCHED("unmatchedPercent", "tickets not matched (%)", 1),
    QUEUE_MEAN("timeInQueueMeanSeconds", "time in the queue, of all, mean (s)", 2),
    WAIT_MEAN("waitMeanSeconds", "wait of the matched, mean (s)", 2),
    WAIT_P50("waitP50Seconds", "wait of the matched, p50 (s)", 2),
    WAIT_P95("waitP95Seconds", "wait of the matched, p95 (s)", 2),
    WAIT_P99("waitP99Seconds", "wait of the matched, p99 (s)", 2),
    RATING_MEAN("ratingDifferenceMean", "rating difference in a match, mean", 1),
    RATING_P50("ratingDifferenceP50", "rating difference in a match, p50", 1),
    RATING_P95("ratingDifferenceP95", "rating difference in a match, p95", 1),
    TEAMS_MEAN("teamDifferenceMean", "rating difference of the teams, mean", 1),
    TEAMS_P50("teamDifferenceP50", "rating difference of the teams, p50", 1),
    TEAMS_P95("teamDifferenceP95", "rating difference of the teams, p95", 1),
    LATENCY_P50("worstLatencyP50Ms", "worst latency in a match, p50 (ms)", 0),
    LATENCY_P95("worstLatencyP95Ms", "worst latency in a match, p95 (ms)", 0);

    private final String jsonName;
    private final String label;
    private final int decimals;

    Figure(String jsonName, String label, int decimals) {
        this.jsonName = jsonName;
        this.label = label;
        this.decimals = decimals;
    }

    String jsonName() {
        return jsonName;
    }

    String label() {
        return label;
    }

    /** How many are worth reading. */
    int decimals() {
        return decimals;
    }
}

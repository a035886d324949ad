package dev.paddock.local.play;

import java.util.ArrayList;
import java.util.List;

/**
 * All that a play came to.
 *
 * @param missing sentences on what should have been there, beyond those of the matches
 */
record PlayReport(PlayOptions options, List<String> players, List<MatchReport> matches, List<String> missing) {
    PlayReport {
        players = List.copyOf(players);
        matches = List.copyOf(matches);
        missing = List.copyOf(missing);
    }

    /** Everything that is missing, the matches' own with their ids. */
    List<String> allMissing() {
        List<String> all = new ArrayList<>();
        matches.forEach(
                match -> match.missing().forEach(sentence -> all.add("match " + match.matchId() + ": " + sentence)));
        all.addAll(missing);
        return all;
    }

    boolean ok() {
        return allMissing().isEmpty();
    }

    List<Timeline> timelines(boolean cold) {
        return matches.stream()
                .map(MatchReport::timeline)
                .filter(timeline -> timeline.cold() == cold && !timeline.told().isEmpty())
                .toList();
    }
}

package dev.paddock.local.play;

import dev.paddock.local.play.Timeline.Passed;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The report for a person, in plain text. */
final class TextReport {
    private static final int BAR = 48;

    private TextReport() {}

    /** Matches in full if each player played one, else figures; then {@code ok} or what is missing. */
    static String of(PlayReport report) {
        StringBuilder text = new StringBuilder();
        if (report.options().repeat() == 1) {
            report.matches().forEach(match -> text.append(match(match)).append('\n'));
        } else {
            for (boolean cold : List.of(false, true)) {
                List<Timeline> timelines = report.timelines(cold);
                if (!timelines.isEmpty()) {
                    text.append(table(Summary.of(timelines), cold)).append('\n');
                }
            }
        }
        if (report.ok()) {
            int matches = report.matches().size();
            return text.append(format(
                            "ok: %d %s, %d players\n",
                            matches,
                            matches == 1 ? "match" : "matches",
                            report.players().size()))
                    .toString();
        }
        report.allMissing()
                .forEach(sentence -> text.append("missing: ").append(sentence).append('\n'));
        return text.toString();
    }

    /** One match: its race and its nine stops. */
    static String match(MatchReport match) {
        StringBuilder text = new StringBuilder();
        text.append(format(
                "Match %s in %s on %s, %s\n",
                match.matchId(),
                match.region(),
                match.address(),
                match.timeline().cold() ? "cold: the server was started for it" : "a standby server"));
        if (match.result().standings().isEmpty()) {
            text.append("  ").append(match.result().outcome()).append(": nobody has a place\n");
        }
        Double best = bestSeconds(match);
        for (Standing standing : match.result().standings()) {
            text.append(standing(match, standing, best));
        }
        text.append('\n').append(timeline(match.timeline()));
        return text.toString();
    }

    /** The stops as bars: where a stop begins and how long it took, from the last ticket's request on. */
    static String timeline(Timeline timeline) {
        List<Passed> way = timeline.slowest();
        StringBuilder text = new StringBuilder("  From the last ticket's request, in milliseconds:\n");
        double whole =
                way.stream().mapToDouble(passed -> millis(passed.at())).max().orElse(0);
        for (Passed passed : way) {
            text.append(line(format(
                    "  %-10s %8.2f  at %8.2f  |%s",
                    passed.stop().word(),
                    millis(passed.took()),
                    millis(passed.at()),
                    bar(millis(passed.at()) - millis(passed.took()), millis(passed.at()), whole))));
        }
        for (Duration total : timeline.totals()) {
            text.append(format("  PlayerMatched was here after %.2f ms\n", millis(total)));
        }
        if (!timeline.clockGap().isZero()) {
            text.append(format(
                    "  The platform's clock is %.0f ms %s this machine's; told is moved by that, and as exact as that.\n",
                    millis(timeline.clockGap().abs()), timeline.clockGap().isNegative() ? "behind" : "ahead of"));
        }
        return text.toString();
    }

    /** The stops of many matches in figures. */
    static String table(Summary summary, boolean cold) {
        StringBuilder text = new StringBuilder(format(
                "%d matches on %s servers, PlayerMatched received %d times; milliseconds\n",
                summary.matches(), cold ? "cold" : "standby", summary.samples()));
        text.append("  stop          median       p99       max   share\n");
        for (Summary.Row row : summary.rows()) {
            text.append(row(row.stop().word(), row.took(), row.share()));
        }
        text.append(row("total", summary.total(), 1));
        text.append("""
                Total: from this program sending the request of a match's last ticket to this program having
                PlayerMatched, for each player. A row is the time since the row above; queued counts from that
                request. queued to pushed are the platform's clock; nothing is left out, not even the first match.
                """);
        return text.toString();
    }

    private static String row(String name, Percentiles took, double share) {
        return format(
                "  %-10s %9.2f %9.2f %9.2f %6.1f%%\n",
                name, millis(took.median()), millis(took.p99()), millis(took.max()), share * 100);
    }

    private static String standing(MatchReport match, Standing standing, @Nullable Double best) {
        String name = match.player(standing.playerId()).map(MatchPlayer::name).orElse(standing.playerId());
        String car = match.player(standing.playerId())
                .map(player -> player.loadout().carId())
                .orElse("?");
        Double seconds = standing.stats().get("seconds");
        Double reaction = standing.stats().get("reactionMs");
        Double top = standing.stats().get("topSpeedKmh");
        StringBuilder text = new StringBuilder(format("  %d. %-20s %-14s", standing.place(), name, car));
        text.append(reaction == null ? "" : format(" reaction %.3f s", reaction / 1000));
        text.append(seconds == null ? "" : format("  %8.3f s", seconds));
        text.append(top == null ? "" : format("  top %3.0f km/h", top));
        if (seconds != null && best != null && seconds > best) {
            text.append(format("  +%.3f s", seconds - best));
        }
        text.append(standing.note() == null ? "" : "  " + standing.note());
        return line(text.toString());
    }

    private static @Nullable Double bestSeconds(MatchReport match) {
        return match.result().standings().stream()
                .map(standing -> standing.stats().get("seconds"))
                .filter(seconds -> seconds != null)
                .min(Double::compare)
                .orElse(null);
    }

    private static String bar(double from, double to, double whole) {
        if (whole <= 0) {
            return "";
        }
        int begin = (int) Math.clamp(Math.round(from / whole * BAR), 0, BAR);
        int end = (int) Math.clamp(Math.round(to / whole * BAR), begin, BAR);
        return " ".repeat(begin) + "#".repeat(end - begin);
    }

    /** Points, not commas, whatever this machine's language: what is printed here is read by scripts too. */
    private static String format(String form, Object... arguments) {
        return String.format(Locale.ROOT, form, arguments);
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    private static String line(String text) {
        return text.stripTrailing() + '\n';
    }
}

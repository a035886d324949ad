package dev.paddock.replay;

import dev.paddock.protocol.DurationText;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ./paddock replay} says, for people and as JSON.
 *
 * @param happened what the manager did that recorded; null: no match is recorded
 * @param own under the recording's rules
 * @param tried under other rules, by the name of their file
 * @param curves null: no plot was asked for
 */
record Report(
        Recording recording,
        Replay.Outcome own,
        @Nullable Summary happened,
        Map<String, Summary> tried,
        @Nullable Curves curves) {
    private static final int LABEL_WIDTH = 40;
    private static final int COLUMN_WIDTH = 18;

    /** @param baseline null: it does not know such rules */
    record Curves(Curve matcher, @Nullable Curve baseline) {
        /** How far the matcher is above the baseline at the same wait, on average and at worst: -0.1 is a tenth below. */
        OptionalDouble meanExcess() {
            return excess().stream().mapToDouble(Double::doubleValue).average();
        }

        OptionalDouble worstExcess() {
            return excess().stream().mapToDouble(Double::doubleValue).max();
        }

        private List<Double> excess() {
            return baseline == null ? List.of() : matcher.worseThan(baseline);
        }
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%s: mode %s, %s, regions %s"
                .formatted(
                        recording.name(),
                        recording.rules().mode(),
                        DurationText.format(length().truncatedTo(ChronoUnit.SECONDS)),
                        String.join(" ", recording.rules().regions())));
        if (own.dropped() > 0) {
            lines.add(own.dropped() + " notes were dropped by the recorder: the recording has holes");
        }
        lines.add("");
        lines.addAll(table());
        if (curves != null) {
            lines.add("");
            lines.addAll(curveLines(curves));
        }
        return lines;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", recording.name());
        json.put("mode", recording.rules().mode());
        json.put("start", recording.start());
        json.put("length", length());
        json.put("droppedNotes", own.dropped());
        if (happened != null) {
            json.put("happened", happened.json());
        }
        json.put("itsRules", own.summary().json());
        if (!tried.isEmpty()) {
            Map<String, Object> byFile = new LinkedHashMap<>();
            tried.forEach((name, summary) -> byFile.put(name, summary.json()));
            json.put("tried", byFile);
        }
        if (curves != null) {
            json.put("matcherCurve", curves.matcher().json());
            if (curves.baseline() != null) {
                json.put("greedyCurve", curves.baseline().json());
            }
            curves.meanExcess().ifPresent(mean -> json.put("atSameWaitMean", rounded(mean)));
            curves.worstExcess().ifPresent(worst -> json.put("atSameWaitWorst", rounded(worst)));
        }
        return json;
    }

    private Duration length() {
        return Duration.between(recording.start(), own.end());
    }

    private List<String> table() {
        Map<String, Summary> columns = new LinkedHashMap<>();
        if (happened != null) {
            columns.put("happened", happened);
        }
        columns.put("its rules", own.summary());
        columns.putAll(tried);
        // Of one against one there is one difference to show.
        Summary difference =
                tried.size() == 1 ? tried.values().iterator().next().minus(own.summary()) : null;
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder(" ".repeat(LABEL_WIDTH));
        columns.keySet().forEach(name -> head.append(right(name)));
        lines.add(head.append(difference == null ? "" : right("difference")).toString());
        for (Figure figure : Figure.values()) {
            StringBuilder line =
                    new StringBuilder(String.format(Locale.ROOT, "%-" + LABEL_WIDTH + "s", figure.label()));
            columns.values().forEach(summary -> line.append(right(text("", figure, summary))));
            lines.add(line.append(difference == null ? "" : right(text("+", figure, difference)))
                    .toString());
        }
        return lines;
    }

    private static List<String> curveLines(Curves curves) {
        List<String> lines = new ArrayList<>();
        lines.add("rank.widenPerSecond   time in the queue, mean (s)   rating difference, mean");
        curve(lines, "the matcher", curves.matcher());
        if (curves.baseline() == null) {
            lines.add("no greedy baseline: it knows neither roles nor teams that are not full");
            return lines;
        }
        curve(lines, "greedy, oldest first", curves.baseline());
        curves.meanExcess()
                .ifPresent(mean -> lines.add(String.format(
                        Locale.ROOT,
                        "at the same wait the matcher's rating difference is %+.1f %% of greedy's (at worst %+.1f %%)",
                        mean * 100,
                        curves.worstExcess().orElseThrow() * 100)));
        return lines;
    }

    private static void curve(List<String> lines, String name, Curve curve) {
        lines.add(name);
        for (Curve.Point point : curve.points()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%19.1f   %27.2f   %23.1f",
                    point.widenPerSecond(),
                    point.waitSeconds(),
                    point.ratingDifference()));
        }
    }

    /** @param sign a plus shows that it is a difference */
    private static String text(String sign, Figure figure, Summary summary) {
        OptionalDouble value = summary.get(figure);
        if (value.isEmpty()) {
            return "-";
        }
        return String.format(Locale.ROOT, "%" + sign + "." + figure.decimals() + "f", value.getAsDouble());
    }

    /** A long name would shift all that follows. */
    private static String right(String text) {
        String fitting = text.length() < COLUMN_WIDTH ? text : text.substring(0, COLUMN_WIDTH - 2) + "…";
        return String.format(Locale.ROOT, "%" + COLUMN_WIDTH + "s", fitting);
    }

    private static double rounded(double share) {
        return Math.round(share * 10_000) / 10_000.0;
    }
}

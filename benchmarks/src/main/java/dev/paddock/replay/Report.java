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
 * @param tried under other rules; null: none were tried
 * @param curves null: no plot was asked for
 */
record Report(
        String file,
        Recording recording,
        Duration length,
        @Nullable Summary happened,
        Summary own,
        @Nullable Summary tried,
        @Nullable Curves curves) {
    private static final int LABEL_WIDTH = 40;
    private static final int COLUMN_WIDTH = 14;

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
                        file,
                        recording.rules().mode(),
                        DurationText.format(length.truncatedTo(ChronoUnit.SECONDS)),
                        String.join(" ", recording.rules().regions())));
        if (recording.dropped() > 0) {
            lines.add(recording.dropped() + " notes were dropped by the recorder: the recording has holes");
        }
        lines.add("");
        Map<String, Summary> columns = columns();
        StringBuilder head = new StringBuilder(" ".repeat(LABEL_WIDTH));
        columns.keySet().forEach(name -> head.append(right(name)));
        lines.add(head.toString());
        for (Figure figure : Figure.values()) {
            StringBuilder line =
                    new StringBuilder(String.format(Locale.ROOT, "%-" + LABEL_WIDTH + "s", figure.label()));
            columns.forEach((name, summary) -> line.append(right(text(figure, summary, name.equals("difference")))));
            lines.add(line.toString());
        }
        if (curves != null) {
            lines.add("");
            lines.addAll(curveLines(curves));
        }
        return lines;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file);
        json.put("mode", recording.rules().mode());
        json.put("start", recording.start());
        json.put("length", length);
        json.put("droppedNotes", recording.dropped());
        columns().forEach((name, summary) -> json.put(camel(name), summary.json()));
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

    private Map<String, Summary> columns() {
        Map<String, Summary> columns = new LinkedHashMap<>();
        if (happened != null) {
            columns.put("happened", happened);
        }
        columns.put("its rules", own);
        if (tried != null) {
            columns.put("tried rules", tried);
            columns.put("difference", tried.minus(own));
        }
        return columns;
    }

    private static List<String> curveLines(Curves curves) {
        List<String> lines = new ArrayList<>();
        lines.add("rank.widenPerSecond   wait, mean (s)   rating difference, mean");
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
                    "%19.1f   %14.2f   %23.1f",
                    point.widenPerSecond(),
                    point.waitSeconds(),
                    point.ratingDifference()));
        }
    }

    private static String text(Figure figure, Summary summary, boolean isDifference) {
        OptionalDouble value = summary.get(figure);
        if (value.isEmpty()) {
            return "-";
        }
        String format = "%" + (isDifference ? "+" : "") + "." + figure.decimals() + "f";
        return String.format(Locale.ROOT, format, value.getAsDouble());
    }

    private static String right(String text) {
        return String.format(Locale.ROOT, "%" + COLUMN_WIDTH + "s", text);
    }

    private static String camel(String words) {
        int space = words.indexOf(' ');
        return space < 0
                ? words
                : words.substring(0, space)
                        + words.substring(space + 1, space + 2).toUpperCase(Locale.ROOT)
                        + words.substring(space + 2);
    }

    private static double rounded(double share) {
        return Math.round(share * 10_000) / 10_000.0;
    }
}

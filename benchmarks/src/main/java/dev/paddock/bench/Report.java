package dev.paddock.bench;

import dev.paddock.protocol.Json;
import dev.paddock.surroundings.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run measured: printed line by line as it comes, as one JSON object at the end, and kept as both under {@code
 * benchmarks/results}.
 */
final class Report {
    private final PrintWriter out;
    private final Surroundings surroundings;
    private final String command;
    private final List<String> table = new ArrayList<>();
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final Map<String, Object> baselines = new LinkedHashMap<>();

    Report(PrintWriter out, String command, Surroundings surroundings) {
        this.out = out;
        this.command = command;
        this.surroundings = surroundings;
        line(command);
        line("commit " + surroundings.commit());
        surroundings.machine().forEach((what, value) -> line(what + " " + value));
    }

    void heading(String text) {
        line("");
        line(text);
    }

    void line(String text) {
        table.add(text);
        out.println(text);
        out.flush();
    }

    /** @param key in JSON, with its unit at the end, as in {@code passMs} */
    void figure(String key, String what, double value, String unit) {
        figures.put(key, rounded(value));
        row(what, value, unit);
    }

    /** The median of several rounds, and how far they lie apart. */
    void figure(String key, String what, Rounds rounds, double nanosPerUnit, String unit) {
        figures.put(key, rounded(rounds.median() / nanosPerUnit));
        row(what + spread(rounds, nanosPerUnit), rounds.median() / nanosPerUnit, unit);
    }

    void baseline(String key, String what, Rounds rounds, double nanosPerUnit, String unit) {
        baselines.put(key, rounded(rounds.median() / nanosPerUnit));
        row("baseline: " + what + spread(rounds, nanosPerUnit), rounds.median() / nanosPerUnit, unit);
    }

    private static String spread(Rounds rounds, double nanosPerUnit) {
        return " (" + rounds.count() + " rounds: " + number(rounds.least() / nanosPerUnit) + " to "
                + number(rounds.most() / nanosPerUnit) + ")";
    }

    void baseline(String key, String what, double value, String unit) {
        baselines.put(key, rounded(value));
        row("baseline: " + what, value, unit);
    }

    /** Prints the JSON, as the last line, and keeps everything; of a quick run nothing, as its figures mean nothing. */
    void end(Path root, String name, boolean quick, Instant at) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("bench", name);
        all.put("command", command);
        all.put("commit", surroundings.commit());
        all.put("at", at.truncatedTo(ChronoUnit.SECONDS));
        all.put("machine", surroundings.machine());
        all.put("figures", figures);
        all.put("baselines", baselines);
        String json = Json.text(all);
        Path folder = root.resolve("benchmarks/results");
        if (quick) {
            out.println(json);
            out.flush();
            return;
        }
        String file = name + "-" + at.truncatedTo(ChronoUnit.SECONDS).toString().replaceAll("[:-]", "");
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(file + ".txt"), String.join("\n", table) + "\n");
            Files.writeString(folder.resolve(file + ".json"), json + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println();
        out.println("Kept: benchmarks/results/" + file + ".txt and .json");
        out.println(json);
        out.flush();
    }

    private void row(String what, double value, String unit) {
        line(String.format(Locale.ROOT, "  %-72s %14s %s", what, number(value), unit));
    }

    private static String number(double value) {
        return Math.abs(value) >= 1000
                ? String.format(Locale.ROOT, "%,d", Math.round(value))
                : String.format(Locale.ROOT, "%.3f", value);
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}

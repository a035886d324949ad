package dev.paddock.local.play;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.local.play.Timeline.Passed;
import dev.paddock.protocol.Json;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The report for a program: one JSON object; times in milliseconds. */
final class JsonReport {
    private static final ObjectMapper MAPPER = Json.newMapper();

    private JsonReport() {}

    static String of(PlayReport report) {
        PlayOptions options = report.options();
        ObjectNode root = MAPPER.createObjectNode();
        root.put("ok", report.ok());
        root.put("url", options.url().toString());
        root.put("mode", options.mode());
        root.put("until", options.until().name().toLowerCase(Locale.ROOT));
        root.put("seed", options.seed());
        report.players().forEach(root.putArray("players")::add);
        ArrayNode matches = root.putArray("matches");
        report.matches().forEach(match -> matches.add(match(match)));
        ObjectNode summary = root.putObject("summary");
        put(summary, "standby", report.timelines(false));
        put(summary, "cold", report.timelines(true));
        report.allMissing().forEach(root.putArray("missing")::add);
        return root.toString();
    }

    /** A play that did not come to a report. */
    static String failed(String why) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("ok", false);
        root.putArray("missing").add(why);
        return root.toString();
    }

    private static ObjectNode match(MatchReport match) {
        Timeline timeline = match.timeline();
        ObjectNode node = MAPPER.createObjectNode();
        node.put("matchId", match.matchId());
        node.put("region", match.region());
        node.put("server", match.address());
        node.put("start", timeline.cold() ? "cold" : "standby");
        node.set("players", MAPPER.valueToTree(match.players()));
        node.set("result", MAPPER.valueToTree(match.result()));
        ArrayNode stops = node.putArray("stops");
        for (Passed passed : timeline.slowest()) {
            stops.addObject()
                    .put("stop", passed.stop().word())
                    .put("tookMs", millis(passed.took()))
                    .put("atMs", millis(passed.at()));
        }
        ArrayNode totals = node.putArray("totalMs");
        timeline.totals().forEach(total -> totals.add(millis(total)));
        node.put("clockGapMs", millis(timeline.clockGap()));
        match.missing().forEach(node.putArray("missing")::add);
        return node;
    }

    private static void put(ObjectNode node, String kind, List<Timeline> timelines) {
        if (timelines.isEmpty()) {
            return;
        }
        Summary summary = Summary.of(timelines);
        ObjectNode figures = node.putObject(kind);
        figures.put("matches", summary.matches());
        figures.put("samples", summary.samples());
        ArrayNode stops = figures.putArray("stops");
        for (Summary.Row row : summary.rows()) {
            stops.add(percentiles(row.took()).put("stop", row.stop().word()).put("share", row.share()));
        }
        figures.set("total", percentiles(summary.total()));
    }

    private static ObjectNode percentiles(Percentiles percentiles) {
        return MAPPER.createObjectNode()
                .put("medianMs", millis(percentiles.median()))
                .put("p99Ms", millis(percentiles.p99()))
                .put("maxMs", millis(percentiles.max()));
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}

package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.paddock.local.play.PlayCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;

/** Players of {@code ./paddock play}, who play while a test breaks something; and whether each was told something true. */
final class Play {
    /**
     * What the platform says of a match that does not come to its end: to its players, never by silence. And of one that does,
     * whose director has died with the moment in which its server was started.
     */
    private static final List<String> TOLD =
            List.of("the platform: ended ", "was cancelled: ", ": the stop started has no time");

    private static final Duration LONGEST = Duration.ofMinutes(4);

    /** A director publishes the modes that it finds, and managers hear of them. */
    private static final Duration OFFERED = Duration.ofMinutes(1);

    private final Future<JsonNode> report;

    private Play(Future<JsonNode> report) {
        this.report = report;
    }

    /** Players of one mode press Play; two a match, who leave it as soon as both are in. */
    static Play join(ClusterPlatform platform, String mode, int players) {
        return start(platform, mode, players, "--until", "joined");
    }

    /** They race to the end. */
    static Play race(ClusterPlatform platform, String mode, int players) {
        return start(platform, mode, players);
    }

    private static Play start(ClusterPlatform platform, String mode, int players, String... options) {
        List<String> words = new ArrayList<>(List.of("--url", platform.url(), "--mode", mode, "--json"));
        words.addAll(List.of("--players", Integer.toString(players), "--patience", LONGEST.toSeconds() + "s"));
        words.addAll(List.of(options));
        FutureTask<JsonNode> play = new FutureTask<>(() -> {
            await("players can choose " + mode).atMost(OFFERED).until(() -> platform.offers(mode));
            return play(words);
        });
        Thread.ofVirtual().name("play").start(play);
        return new Play(play);
    }

    boolean isOver() {
        return report.isDone();
    }

    /** The report, once all are through; each player either raced or was told why not. */
    JsonNode everybodyWasTold() {
        JsonNode said = report();
        List<String> missing = texts(said.path("missing")).toList();
        assertThat(missing)
                .as("what players missed: %s", said)
                .allMatch(sentence -> TOLD.stream().anyMatch(sentence::contains));
        return said;
    }

    /** The report, once all have raced. */
    JsonNode everybodyRaced() {
        JsonNode said = report();
        assertThat(said.path("ok").asBoolean()).as("%s", said).isTrue();
        return said;
    }

    private JsonNode report() {
        try {
            return report.get(LONGEST.plusMinutes(2).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the players did not come to an end", e);
        }
    }

    private static JsonNode play(List<String> words) throws JsonProcessingException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new PlayCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words.toArray(String[]::new));
        if (out.toString().isBlank()) {
            throw new AssertionError("play ended with " + code + ": " + err);
        }
        return new ObjectMapper().readTree(out.toString());
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
    }
}

package dev.paddock.director.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.paddock.crds.ServerTemplate;
import dev.paddock.director.DirectorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModeFileTest {
    private static final Path EXAMPLE = Path.of("..", "examples", "game-modes", "drag-race.yaml");

    @TempDir
    private Path folder;

    @Test
    void theExampleIsRead() throws IOException {
        KnownMode mode = ModeFile.parse(Files.readString(EXAMPLE));

        assertThat(mode.name()).isEqualTo("drag-race");
        assertThat(mode.standby().min()).isEqualTo(1);
        assertThat(mode.server().image()).isEqualTo("drag-race");
        assertThat(mode.mode().limits().longest()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void onlyWhatAServerRunsMakesANewTemplate() throws IOException {
        String text = Files.readString(EXAMPLE);
        KnownMode before = ModeFile.parse(text);

        assertThat(ModeFile.parse(changed(text, "min: 1 ", "min: 3 ")).template())
                .isEqualTo(before.template());
        assertThat(ModeFile.parse(changed(text, "image: drag-race ", "image: drag-race:2 "))
                        .template())
                .isNotEqualTo(before.template());
    }

    /** Or an upgrade of the director would retire every standby. */
    @Test
    void aTemplateKeepsItsNameWhenThereIsMoreThatATemplateCouldSay() {
        assertThat(TemplateHash.of(ServerTemplate.of("drag-race"))).isEqualTo("3929d3c49acb");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            startTries: 3             | startTries: many | spec.limits.startTries
            startTries: 3             | startTries: 11   | limits.startTries must be 1 to 10, is 11
            startTries: 3             | startTry: 3      | spec.limits.startTries
            readyWithin: 10s          | readyWithin: 10x | spec.limits.readyWithin
            teams: {count: 2, size: 1}| teams: 2         | spec.matching.teams
            teams: {count: 2, size: 1}| teams: {count: 2, size: 1, sise: 1} | spec.matching.teams.sise
            teams: {count: 2, size: 1}| teams: {count: 0, size: 1} | teams.count must be 1 to 100, is 0
            teams: {count: 2, size: 1}| teams: {count: 2, size: 5, leastSize: 6, fewerAfter: 9s} | leastSize must be 1 to
            teams: {count: 2, size: 1}| teams: {count: 2, size: 5, leastSize: 3} | given together or not at all
            teams: {count: 2, size: 1}| teams: {count: 2, size: 5, leastSize: 3, fewerAfter: 9m} | fewer never start
            teams: {count: 2, size: 1}| teams: {count: 2, size: 0} | teams.size must be 1 to 100, is 0
            ticketLifetime: 5m        | ticketLifetime:  | spec.matching.ticketLifetime
            ticketLifetime: 5m        | ticketLifetime: 25h  | ticketLifetime must be 1s to 24h
            limit: 2000               | limit: 50        | spec.matching.rank: a window needs
            limit: 2000               | limit: .inf      | Malformed numeric value
            widenPerSecond: 50        | widenPerSecond: -1  | spec.matching.rank: a window needs
            widenPerSecond: 50        | widenPerSecond: 0   | rank.widenPerSecond must be more than 0, or the window never gets
            widenPerSecond: 20        | widenPerSecond: 0   | latency.widenPerSecond must be more than 0
            min: 1                    | min: -1          | standby.min must be 0 to 1000, is -1
            min: 1                    | max: 1           | spec.standby
            image: drag-race          | image: ''        | server.image must be 1 to 512
            standby:                  | standbys:        | spec.standby
            kind: GameMode            | kind: Pod        | kind must be GameMode
            spec:                     | specs:           | unknown field specs
            name: drag-race           | name: Drag Race  | is 'Drag Race'
            name: drag-race           | nam: drag-race   | a mode's name
            teams: {count: 2, size: 1}| teams: {count: 2 | not YAML
            """)
    void aBadFileStopsTheDirectorWithItsNameAndTheField(String good, String bad, String sentence) throws IOException {
        Path file = folder.resolve("race.yaml");
        Files.writeString(file, changed(Files.readString(EXAMPLE), good, bad));

        assertThatThrownBy(() -> new FolderModes(settings()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Correct the mode file " + file + ": ")
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rank: {start: 0, widenPerSecond: 0, limit: 0} | rank.limit must be more than 0, or the window never opens
            rank: {start: 0, widenPerSecond: 9, limit: 0} | rank.limit must be more than 0, or the window never opens
            latency: {start: 0, widenPerSecond: 0, limit: 0} | latency.limit must be more than 0
            regions: [atlantis]      | spec.matching.regions
            equal: [Version]         | an attribute's name is 1 to 32 letters, digits and dashes, is 'Version'
            equal: [version, version] | equal names at most 8 attributes, each once
            roles: [{name: tank, min: 2, max: 2}] | a team needs 2 players of its roles, and may have only 1
            roles: [{name: tank, min: 1, max: 0}] | spec.matching.roles[0]: role tank needs 0 <= min <= max
            roles: [{name: Tank, min: 0, max: 1}] | is 'Tank'
            roles: [{name: tank, min: 0, max: 1}, {name: tank, min: 0, max: 1}] | each role is named once
            acceptWithin: 0s         | acceptWithin must be 1s to 2m
            acceptWithin: 3m         | acceptWithin must be 1s to 2m
            acceptWithin: soon       | spec.matching.acceptWithin
            lostSocketGrace: 6m      | lostSocketGrace must be 1s to ticketLifetime
            lostSocketGrace: 10ms    | lostSocketGrace must be 1s to ticketLifetime
            """)
    void rulesThatCanNeverBringAnybodyTogetherAreRefused(String rule, String sentence) throws IOException {
        String field = rule.substring(0, rule.indexOf(':'));
        String text = Files.readString(EXAMPLE);
        ObjectNode tree = (ObjectNode) new YAMLMapper().readTree(text);
        ObjectNode matching = (ObjectNode) tree.at("/spec/matching");
        matching.set(field, new YAMLMapper().readTree(rule).get(field));

        assertThatThrownBy(() -> ModeFile.parse(new YAMLMapper().writeValueAsString(tree)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("spec.matching")
                .hasMessageContaining(sentence);
    }

    @Test
    void freeSeatsAreFilledOnlyInModesThatDoNotAskTheirPlayers() throws IOException {
        ObjectNode tree = (ObjectNode) new YAMLMapper().readTree(Files.readString(EXAMPLE));
        ObjectNode matching = (ObjectNode) tree.at("/spec/matching");
        matching.put("backfill", true);

        assertThat(ModeFile.parse(new YAMLMapper().writeValueAsString(tree))
                        .mode()
                        .matching()
                        .backfill())
                .isTrue();

        matching.put("acceptWithin", "8s");

        assertThatThrownBy(() -> ModeFile.parse(new YAMLMapper().writeValueAsString(tree)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("backfill and acceptWithin exclude each other");
    }

    @Test
    void anEmptyFileIsNoMode() {
        assertThatThrownBy(() -> ModeFile.parse(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("apiVersion must be paddock.dev/v1");
    }

    @Test
    void aFileThatTurnsBadLeavesItsModeAsItWas() throws IOException {
        Path file = folder.resolve("race.yaml");
        String text = Files.readString(EXAMPLE);
        Files.writeString(file, text);
        FolderModes modes = new FolderModes(settings());
        KnownMode before = modes.find("drag-race").orElseThrow();
        Files.writeString(file, changed(text, "startTries: 3", "startTries: 11"));

        assertThat(modes.reload()).isFalse();
        assertThat(modes.all()).containsExactly(before);

        Files.writeString(file, changed(text, "startTries: 3", "startTries: 4"));

        assertThat(modes.reload()).isTrue();
        assertThat(modes.find("drag-race").orElseThrow().mode().limits().startTries())
                .isEqualTo(4);
    }

    private static String changed(String text, String good, String bad) {
        assertThat(text).as("the example, in which the test replaces a line").contains(good);
        return text.replace(good, bad);
    }

    private DirectorSettings settings() {
        Duration any = Duration.ofSeconds(1);
        return new DirectorSettings("here", null, folder.toString(), null, "127.0.0.1", null, any, any, any, any);
    }
}

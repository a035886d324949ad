package dev.paddock.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the director may do in the cluster. */
class RightsTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z/]+)` \\| ([a-z, ]+) \\|$");

    private final Rendered chart = Rendered.with("servers: {namespace: races}");

    @Test
    void isWhatTheManualLists() throws IOException {
        assertThat(granted()).isEqualTo(listed());
    }

    @Test
    void noSecretCanBeRead() {
        assertThat(granted().get("secrets")).containsExactly("create");
        assertThat(rules()).allSatisfy(rule -> {
            assertThat(texts(rule.path("resources"))).doesNotContain("*");
            assertThat(texts(rule.path("verbs"))).doesNotContain("*");
        });
    }

    @Test
    void holdsInTheNamespaceOfServersForTheDirectorAlone() {
        assertThat(chart.all("Role"))
                .singleElement()
                .satisfies(role ->
                        assertThat(role.at("/metadata/namespace").asText()).isEqualTo("races"));
        assertThat(Stream.concat(chart.all("RoleBinding").stream(), chart.all("ClusterRoleBinding").stream()))
                .hasSize(2)
                .allSatisfy(binding -> {
                    assertThat(binding.path("subjects")).hasSize(1);
                    assertThat(binding.at("/subjects/0/name").asText()).isEqualTo("demo-director");
                    assertThat(binding.at("/subjects/0/namespace").asText()).isEqualTo("games");
                });
    }

    @Test
    void inTheWholeClusterItSeesNodesAlone() {
        assertThat(chart.all("ClusterRole"))
                .singleElement()
                .satisfies(role -> assertThat(role.path("rules"))
                        .singleElement()
                        .satisfies(rule ->
                                assertThat(texts(rule.path("resources"))).containsExactly("nodes")));
    }

    private Map<String, List<String>> granted() {
        Map<String, List<String>> all = new TreeMap<>();
        for (JsonNode rule : rules()) {
            texts(rule.path("resources")).forEach(resource -> all.put(resource, texts(rule.path("verbs"))));
        }
        return all;
    }

    private List<JsonNode> rules() {
        return Stream.concat(chart.all("Role").stream(), chart.all("ClusterRole").stream())
                .map(role -> role.path("rules"))
                .flatMap(JsonNode::valueStream)
                .toList();
    }

    private static Map<String, List<String>> listed() throws IOException {
        String manual = Files.readString(Path.of("..", "docs", "kubernetes.md"));
        Map<String, List<String>> all = new TreeMap<>();
        Matcher row = ROW.matcher(manual.substring(manual.indexOf("### Rights")));
        while (row.find()) {
            all.put(row.group(1), List.of(row.group(2).split(", ")));
        }
        return all;
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }
}

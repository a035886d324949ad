package dev.paddock.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a cluster admin gets from the chart. */
class ChartTest {
    private static final Path CHART = Path.of("paddock");

    @Test
    void theChartHasNothingToComplainAbout() {
        LintResult result = new Helm(CHART).lint().strict().call();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    @Test
    void itRunsTheThreeServicesEachUnderAnAccountOfItsOwn() {
        assertThat(of("Deployment"))
                .extracting(deployment -> deployment.at("/metadata/name").asText())
                .containsExactlyInAnyOrder("demo-manager", "demo-director", "demo-inventory");
        assertThat(of("ServiceAccount"))
                .extracting(account -> account.at("/metadata/name").asText())
                .containsExactlyInAnyOrder("demo-manager", "demo-director", "demo-inventory");
    }

    @Test
    void everyImageHasTheTagOfTheChartsAppVersion() {
        String version = read(CHART.resolve("Chart.yaml")).path("appVersion").asText();

        assertThat(of("Deployment"))
                .extracting(deployment ->
                        deployment.at("/spec/template/spec/containers/0/image").asText())
                .allSatisfy(image -> assertThat(image).endsWith(":" + version));
    }

    @Test
    void noPodIsRootOrMayWriteToItsFileSystemOrKnowsTheApiServer() {
        assertThat(of("Deployment")).allSatisfy(deployment -> {
            JsonNode pod = deployment.at("/spec/template/spec");
            JsonNode container = pod.at("/containers/0/securityContext");
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(container.path("allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        });
    }

    private static List<JsonNode> of(String kind) {
        String rendered = new Helm(CHART)
                .template()
                .withName("demo")
                .withKubeVersion("1.34.0")
                .call();
        try (MappingIterator<JsonNode> documents =
                new YAMLMapper().readerFor(JsonNode.class).readValues(rendered)) {
            return documents.readAll().stream()
                    .filter(document -> kind.equals(document.path("kind").asText()))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError("the chart renders something that is not YAML", e);
        }
    }

    private static JsonNode read(Path yaml) {
        try {
            return new YAMLMapper().readTree(yaml.toFile());
        } catch (IOException e) {
            throw new AssertionError("cannot read " + yaml, e);
        }
    }
}

package dev.paddock.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The CRDs that the chart carries, and a reader of the repository sees, are those that the build generates; with kubectl's
 * columns in the order of the annotations, which the generator sorts by path. After a change of the records, write them anew:
 *
 * <pre>mvn test -pl crds -am -Dtest=CheckedInCrdsTest -Dsurefire.failIfNoSpecifiedTests=false -Dpaddock.crds.write=true</pre>
 */
class CheckedInCrdsTest {
    private static final Path CHART = Path.of("..", "helm", "paddock", "crds");
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    @ParameterizedTest
    @ValueSource(classes = {GameMode.class, GameServer.class})
    void theChartCarriesWhatTheBuildGenerates(Class<? extends CustomResource<?, ?>> type) throws IOException {
        String name = CustomResource.getCRDName(type);
        String generated = "# Generated from dev.paddock.crds." + type.getSimpleName() + "; see CheckedInCrdsTest.\n"
                + YAML.writeValueAsString(inOrder(read(name + "-v1.yml"), type));
        Path checkedIn = CHART.resolve(name + "-v1.yml");
        if (Boolean.getBoolean("paddock.crds.write")) {
            Files.createDirectories(CHART);
            Files.writeString(checkedIn, generated);
        }

        assertThat(checkedIn).as("see the Javadoc of this test").content().isEqualTo(generated);
    }

    private static JsonNode inOrder(JsonNode crd, Class<?> type) {
        List<String> order = Arrays.stream(type.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        ObjectNode version = (ObjectNode) crd.at("/spec/versions/0");
        ArrayNode columns = version.arrayNode();
        StreamSupport.stream(version.path("additionalPrinterColumns").spliterator(), false)
                .sorted(Comparator.comparing(
                        column -> order.indexOf(column.path("name").asText())))
                .forEach(columns::add);
        version.set("additionalPrinterColumns", columns);
        return crd;
    }

    private static JsonNode read(String file) throws IOException {
        try (InputStream yaml = CheckedInCrdsTest.class.getResourceAsStream("/META-INF/fabric8/" + file)) {
            return YAML.readTree(Objects.requireNonNull(yaml, file));
        }
    }
}

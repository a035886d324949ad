package dev.paddock.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Role;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the build wrote is what kubectl and the API server need. */
class GeneratedCrdsTest {
    private final JsonNode mode = read("gamemodes.paddock.dev-v1.yml");
    private final JsonNode server = read("gameservers.paddock.dev-v1.yml");

    @Test
    void bothAreNamespacedAndHaveShortNames() {
        assertThat(mode.at("/spec/scope").asText()).isEqualTo("Namespaced");
        assertThat(server.at("/spec/scope").asText()).isEqualTo("Namespaced");
        assertThat(mode.at("/spec/names/shortNames/0").asText()).isEqualTo("gm");
        assertThat(server.at("/spec/names/shortNames/0").asText()).isEqualTo("gs");
    }

    @Test
    void bothHaveTheirStatusAsASubresource() {
        assertThat(version(mode).at("/subresources/status")).isNotInstanceOf(MissingNode.class);
        assertThat(version(server).at("/subresources/status")).isNotInstanceOf(MissingNode.class);
    }

    @Test
    void kubectlShowsTheColumnsOfTheDesign() {
        assertThat(columns(mode)).containsExactlyInAnyOrder("PLAYERS", "STANDBY", "IN-MATCH", "QUEUED", "READY", "AGE");
        assertThat(columns(server))
                .containsExactlyInAnyOrder("MODE", "PHASE", "ADDRESS", "PORTS", "NODE", "PLAYERS", "AGE");
    }

    @Test
    void durationsAreTextAndNotDates() {
        JsonNode spec = specOf(mode);
        List<String> durations = List.of(
                "/properties/matching/properties/ticketLifetime",
                "/properties/limits/properties/readyWithin",
                "/properties/limits/properties/joinWithin",
                "/properties/limits/properties/longest");
        assertThat(durations).allSatisfy(path -> {
            assertThat(spec.at(path + "/type").asText()).isEqualTo("string");
            assertThat(spec.at(path + "/format")).isInstanceOf(MissingNode.class);
        });
    }

    @Test
    void theSchemaSpeaksOfTheSameFieldsAsTheRecordsThatManagersGet() {
        assertThat(fields(SpecSchema.Matching.class)).isEqualTo(fields(MatchingRules.class));
        assertThat(fields(SpecSchema.Limits.class)).isEqualTo(fields(MatchLimits.class));
        assertThat(fields(SpecSchema.Teams.class)).isEqualTo(fields(Teams.class));
        assertThat(fields(SpecSchema.Window.class)).isEqualTo(fields(Window.class));
        assertThat(fields(SpecSchema.Role.class)).isEqualTo(fields(Role.class));
        assertThat(fields(ServerSchema.Server.class)).isEqualTo(fields(ServerTemplate.class));
        assertThat(fields(ServerSchema.Beside.class)).isEqualTo(fields(Sidecar.class));
    }

    @Test
    void ofKubernetesOwnTypesTheSchemaKnowsNoFieldThatTheyLack() {
        assertThat(properties(Toleration.class))
                .containsExactlyInAnyOrderElementsOf(fields(ServerSchema.Tolerated.class));
        assertThat(properties(EnvVar.class)).containsExactlyInAnyOrderElementsOf(fields(ServerSchema.Variable.class));
        // Claims of devices are for pods that Paddock does not make.
        assertThat(properties(ResourceRequirements.class)).containsAll(fields(ServerSchema.Resources.class));
    }

    @Test
    void theNumberOfStandbysIsWhatKubectlScales() {
        assertThat(version(mode).at("/subresources/scale/specReplicasPath").asText())
                .isEqualTo(".spec.standby.min");
        assertThat(version(mode).at("/subresources/scale/statusReplicasPath").asText())
                .isEqualTo(".status.standby");
    }

    @Test
    void whatKubectlAppliesAndRemembersInAnAnnotationIsSmallEnoughForOne() throws JsonProcessingException {
        int most = 256 * 1024;

        assertThat(new ObjectMapper().writeValueAsString(mode).length()).isLessThan(most / 4);
        assertThat(new ObjectMapper().writeValueAsString(server).length()).isLessThan(most / 4);
    }

    @Test
    void theApiServerRefusesAModeThatNamesNoImageOrLessThanNoStandby() {
        JsonNode spec = specOf(mode);
        assertThat(texts(version(mode).at("/schema/openAPIV3Schema/required"))).containsExactly("spec");
        assertThat(texts(spec.at("/required"))).containsExactlyInAnyOrder("matching", "limits", "standby", "server");
        assertThat(texts(spec.at("/properties/server/required"))).containsExactly("image");
        assertThat(spec.at("/properties/standby/properties/min/minimum").asInt(-1))
                .isZero();
    }

    @Test
    void aServersPhasesAreThoseOfTheDesign() {
        assertThat(texts(version(server).at("/schema/openAPIV3Schema/properties/status/properties/phase/enum")))
                .containsExactlyInAnyOrder("Pending", "Starting", "Standby", "InMatch", "Finished", "Failed");
    }

    private static JsonNode specOf(JsonNode crd) {
        return version(crd).at("/schema/openAPIV3Schema/properties/spec");
    }

    private static JsonNode version(JsonNode crd) {
        return crd.at("/spec/versions/0");
    }

    private static List<String> columns(JsonNode crd) {
        return StreamSupport.stream(version(crd).at("/additionalPrinterColumns").spliterator(), false)
                .map(column -> column.path("name").asText())
                .toList();
    }

    private static List<String> fields(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    /** As JSON knows them. */
    private static Set<String> properties(Class<?> type) {
        JsonPropertyOrder order = Objects.requireNonNull(type.getAnnotation(JsonPropertyOrder.class));
        Set<String> names = new LinkedHashSet<>(List.of(order.value()));
        names.removeAll(Set.of("apiVersion", "kind", "metadata"));
        return names;
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static JsonNode read(String name) {
        try (InputStream yaml = GeneratedCrdsTest.class.getResourceAsStream("/META-INF/fabric8/" + name)) {
            assertThat(yaml).as("%s, written by the build", name).isNotNull();
            return new YAMLMapper().readTree(yaml);
        } catch (IOException e) {
            throw new AssertionError("cannot read " + name, e);
        }
    }
}

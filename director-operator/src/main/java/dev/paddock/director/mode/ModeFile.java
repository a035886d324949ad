package dev.paddock.director.mode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.paddock.crds.GameModeSpec;
import dev.paddock.protocol.DurationText;
import java.util.List;

/** Reads one {@code GameMode} in YAML, strictly: a typo must not become a default. */
final class ModeFile {
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .addModule(DurationText.module())
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final List<String> TOP = List.of("apiVersion", "kind", "metadata", "spec");

    private ModeFile() {}

    /** @throws IllegalArgumentException with a sentence that says what is wrong */
    static KnownMode parse(String yaml) {
        try {
            JsonNode tree = YAML.readTree(yaml);
            check(tree);
            leaveOutNulls(tree.get("spec"));
            GameModeSpec spec = YAML.treeToValue(tree.get("spec"), GameModeSpec.class);
            return KnownMode.of(tree.at("/metadata/name").asText(), spec);
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException(path(e) + ": " + firstLine(why(e)), e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not YAML: " + firstLine(e.getOriginalMessage()), e);
        }
    }

    private static void check(JsonNode tree) {
        if (!"paddock.dev/v1".equals(tree.path("apiVersion").asText())
                || !"GameMode".equals(tree.path("kind").asText())) {
            throw new IllegalArgumentException("apiVersion must be paddock.dev/v1 and kind must be GameMode");
        }
        tree.fieldNames().forEachRemaining(field -> {
            if (!TOP.contains(field)) {
                throw new IllegalArgumentException("unknown field " + field);
            }
        });
        if (!tree.path("spec").isObject()) {
            throw new IllegalArgumentException("spec is missing");
        }
    }

    /** A field without a value is a field that is not there: required or not, the records say. */
    private static void leaveOutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(field -> field.getValue().isNull());
        }
        node.forEach(ModeFile::leaveOutNulls);
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder("spec");
        e.getPath().forEach(step -> {
            String field = step.getFieldName();
            path.append(field == null ? "[" + step.getIndex() + "]" : "." + field);
        });
        return path.toString();
    }

    /** What a record refuses, in its own words. */
    private static String why(JsonMappingException e) {
        return e.getCause() instanceof IllegalArgumentException refused
                ? String.valueOf(refused.getMessage())
                : e.getOriginalMessage();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}

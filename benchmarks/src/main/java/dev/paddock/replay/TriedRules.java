package dev.paddock.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.paddock.protocol.DurationText;
import dev.paddock.protocol.mode.MatchingRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Reads the matching rules of a {@code GameMode} in YAML, strictly: a typo must not become a default. */
final class TriedRules {
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .addModule(DurationText.module())
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private TriedRules() {}

    /** @throws IllegalArgumentException with a sentence that says what is wrong */
    static MatchingRules read(Path file) throws IOException {
        try {
            JsonNode matching = YAML.readTree(Files.readString(file)).at("/spec/matching");
            if (!matching.isObject()) {
                throw new IllegalArgumentException(file + ": spec.matching is missing; it must be a GameMode");
            }
            for (String needed : new String[] {"teams", "rank", "latency", "ticketLifetime"}) {
                if (!matching.hasNonNull(needed)) {
                    throw new IllegalArgumentException(file + ": spec.matching." + needed + " is missing");
                }
            }
            return YAML.treeToValue(matching, MatchingRules.class);
        } catch (JsonMappingException e) {
            String path = e.getPath().stream()
                    .map(step -> "." + step.getFieldName())
                    .collect(Collectors.joining("", "spec.matching", ""));
            Throwable cause = e.getCause();
            String why = cause == null ? e.getOriginalMessage() : String.valueOf(cause.getMessage());
            throw new IllegalArgumentException(file + ": " + path + ": " + firstLine(why), e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + " is not YAML: " + firstLine(e.getOriginalMessage()), e);
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}

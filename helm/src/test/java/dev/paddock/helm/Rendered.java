package dev.paddock.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The chart's objects, as {@code helm template demo} writes them for some values. */
record Rendered(List<JsonNode> objects) {
    static final Path CHART = Path.of("paddock");

    /** What everybody has to say. */
    static final String REQUIRED = """
            region: eu-west
            nats: {url: "nats://nats.example.com:4222"}
            redis: {addresses: ["redis.example.com:6379"]}
            mysql: {address: "mysql.example.com:3306"}
            """;

    /** @param yaml more values; a key of {@link #REQUIRED} in it takes that one's place */
    static Rendered with(String yaml) {
        try {
            Path required = Files.writeString(Files.createTempFile("required", ".yaml"), REQUIRED);
            Path values = Files.writeString(Files.createTempFile("values", ".yaml"), yaml);
            try {
                return of(new Helm(CHART)
                        .template()
                        .withName("demo")
                        .withNamespace("games")
                        .withKubeVersion("1.34.0")
                        .withValuesFile(required)
                        .withValuesFile(values)
                        .call());
            } finally {
                Files.delete(required);
                Files.delete(values);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Rendered of(String text) throws IOException {
        try (MappingIterator<JsonNode> documents =
                new YAMLMapper().readerFor(JsonNode.class).readValues(text)) {
            return new Rendered(
                    documents.readAll().stream().filter(JsonNode::isObject).toList());
        }
    }

    List<JsonNode> all(String kind) {
        return objects.stream()
                .filter(object -> kind.equals(object.path("kind").asText()))
                .toList();
    }

    JsonNode one(String kind, String name) {
        return all(kind).stream()
                .filter(object -> name.equals(object.at("/metadata/name").asText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    /** A part's settings file. */
    JsonNode settings(String part) {
        try {
            return new YAMLMapper()
                    .readTree(one("ConfigMap", "demo-" + part)
                            .path("data")
                            .path("application.yml")
                            .asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<JsonNode> pods() {
        return all("Deployment").stream().map(deployment -> deployment.at("/spec/template/spec"));
    }

    Stream<JsonNode> containers() {
        return pods().map(pod -> pod.path("containers")).flatMap(JsonNode::valueStream);
    }
}

package dev.paddock.manager;

import io.micronaut.core.io.ResourceResolver;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Serves the OpenAPI description that is made from the code at compile time. */
@Hidden
@Controller("/openapi")
@Secured(SecurityRule.IS_ANONYMOUS)
final class ApiDescription {
    private static final String FILE = "classpath:META-INF/swagger/openapi.yml";

    private final String yaml;

    ApiDescription(ResourceResolver resources) {
        try (InputStream in = resources
                .getResourceAsStream(FILE)
                .orElseThrow(() -> new IllegalStateException(FILE + " is missing: the build has to make it"))) {
            this.yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Get
    @Produces("application/yaml")
    String description() {
        return yaml;
    }
}

package dev.paddock.manager;

import io.micronaut.runtime.Micronaut;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;

/** Starts the game manager. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Paddock",
                        version = "v1",
                        description = "What players call. Errors are application/problem+json (RFC 9457).",
                        license = @License(name = "Apache-2.0")),
        security = @SecurityRequirement(name = "accessToken"))
@SecurityScheme(name = "accessToken", type = SecuritySchemeType.HTTP, scheme = "bearer", bearerFormat = "JWT")
public final class ManagerApplication {
    private ManagerApplication() {}

    public static void main(String[] args) {
        Micronaut.build(args).mainClass(ManagerApplication.class).banner(false).start();
    }
}

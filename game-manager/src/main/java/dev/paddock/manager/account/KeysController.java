package dev.paddock.manager.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;

/** The public half of the key that signs tokens. */
@Controller("/.well-known/jwks.json")
@Secured(SecurityRule.IS_ANONYMOUS)
final class KeysController {
    private final SigningKey key;

    KeysController(SigningKey key) {
        this.key = key;
    }

    /** JSON Web Key Set, RFC 7517. */
    @Get
    HttpResponse<JsonNode> keys() {
        return HttpResponse.ok(key.publicKeys()).header("Cache-Control", "public, max-age=300");
    }
}

package dev.paddock.director.bus;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import org.jspecify.annotations.Nullable;

/**
 * Where NATS is, for the director and for the servers that it starts.
 *
 * @param url {@code PADDOCK_NATS_URL}, default {@code nats://127.0.0.1:4222}; several with commas
 * @param credsFile {@code PADDOCK_NATS_CREDS_FILE}, path of the credentials file; without one, none are sent
 */
@ConfigurationProperties("paddock.nats")
public record NatsSettings(
        @Bindable(defaultValue = "nats://127.0.0.1:4222") String url,
        @Nullable String credsFile) {}

package dev.paddock.inventory.garage;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import java.time.Instant;

/**
 * Instants as milliseconds since 1970 in a BIGINT. A DATETIME is read in the JVM's time zone by Connector/J whatever zone
 * it was written in, and a TIMESTAMP ends in 2038.
 */
@Singleton
class EpochMillis implements AttributeConverter<Instant, Long> {
    @Override
    public Long convertToPersistedValue(Instant entityValue, ConversionContext context) {
        return entityValue.toEpochMilli();
    }

    @Override
    public Instant convertToEntityValue(Long persistedValue, ConversionContext context) {
        return Instant.ofEpochMilli(persistedValue);
    }
}

package dev.paddock.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/**
 * Records to JSON and back, the same way in every process: times in RFC 3339 UTC, durations as {@link DurationText},
 * nothing for null, and fields that a newer sender added are passed over.
 */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(DurationText.module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private Json() {}

    /** UTF-8 JSON of a record of this module. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    /** JSON text of a record of this module. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    /** @throws MalformedException if the bytes are not JSON of that type */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return notNull(MAPPER.readValue(json, type), type);
        } catch (IOException e) {
            throw new MalformedException("not a " + type.getSimpleName() + " in JSON", e);
        }
    }

    /** @throws MalformedException if the text is not JSON of that type */
    public static <T> T read(String json, Class<T> type) {
        try {
            return notNull(MAPPER.readValue(json, type), type);
        } catch (IOException e) {
            throw new MalformedException("not a " + type.getSimpleName() + " in JSON", e);
        }
    }

    /** A copy of the mapper, for those that must tighten it or need trees. */
    public static ObjectMapper newMapper() {
        return MAPPER.copy();
    }

    private static <T> T notNull(T value, Class<T> type) {
        if (value == null) {
            throw new MalformedException("null instead of a " + type.getSimpleName(), null);
        }
        return value;
    }
}

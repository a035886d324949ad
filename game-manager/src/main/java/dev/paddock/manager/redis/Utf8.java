package dev.paddock.manager.redis;

import io.lettuce.core.codec.RedisCodec;
import io.micronaut.configuration.lettuce.DefaultRedisCodecFactory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Replaces;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Texts as UTF-8, as Lettuce's own codec has them. That one looks at each character; a batch of tickets is some hundred
 * thousand of them, and {@link String} gives its bytes in one copy when it has no others than those of Latin-1.
 */
@Singleton
@Primary
@Replaces(value = RedisCodec.class, factory = DefaultRedisCodecFactory.class)
final class Utf8 implements RedisCodec<String, String> {
    static final RedisCodec<String, String> CODEC = new Utf8();

    @Override
    public String decodeKey(ByteBuffer bytes) {
        return decode(bytes);
    }

    @Override
    public String decodeValue(ByteBuffer bytes) {
        return decode(bytes);
    }

    @Override
    public ByteBuffer encodeKey(String key) {
        return encode(key);
    }

    @Override
    public ByteBuffer encodeValue(String value) {
        return encode(value);
    }

    private static String decode(ByteBuffer bytes) {
        byte[] text = new byte[bytes.remaining()];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static ByteBuffer encode(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}

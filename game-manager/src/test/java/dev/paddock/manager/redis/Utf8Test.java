package dev.paddock.manager.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.codec.StringCodec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    @ParameterizedTest
    @ValueSource(strings = {"", "paddock:{duel}:queue", "Zoë", "𝄞 and 日本", "\u0000\u007f\u0080\u00ff"})
    void textsAreOnTheWireWhatLettucesOwnCodecMakesOfThem(String text) {
        assertThat(Utf8.CODEC.encodeKey(text)).isEqualTo(StringCodec.UTF8.encodeKey(text));
        assertThat(Utf8.CODEC.encodeValue(text)).isEqualTo(StringCodec.UTF8.encodeValue(text));
        assertThat(Utf8.CODEC.decodeKey(StringCodec.UTF8.encodeKey(text))).isEqualTo(text);
        assertThat(Utf8.CODEC.decodeValue(StringCodec.UTF8.encodeValue(text).asReadOnlyBuffer()))
                .isEqualTo(text);
    }
}

package dev.paddock.local.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisBinaryTest {
    @ParameterizedTest
    @CsvSource({
        "Redis server v=6.2.11 sha=00000000:0 bits=64, true",
        "Redis server v=6.0.16 sha=00000000:0 bits=64, false",
        "Redis server v=7.0.15 sha=00000000:0 bits=64, true",
        "Redis server v=10.0.1 sha=00000000:0 bits=64, true",
        "Redis server v=5.9.1 sha=00000000:0 bits=64, false",
        "something else, false"
    })
    void aRedisOnThePathIsUsedIfItIsNewEnough(String said, boolean good) {
        assertThat(RedisBinary.isAtLeast(said, "6.2")).isEqualTo(good);
    }
}

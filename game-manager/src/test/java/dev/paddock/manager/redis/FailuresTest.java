package dev.paddock.manager.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisLoadingException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void aRedisThatCannotAnswerYetIsUnavailable() {
        List<Exception> causes = List.of(
                new RedisLoadingException("LOADING Redis is loading the dataset in memory"),
                new RedisConnectionException("refused"),
                new IOException("reset by peer"));

        assertThat(causes.stream().map(Failures::translated)).hasOnlyElementsOfType(RedisUnavailableException.class);
    }
}

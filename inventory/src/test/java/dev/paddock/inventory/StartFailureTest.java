package dev.paddock.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.env.MapPropertySource;
import io.micronaut.context.env.PropertySourcePropertyResolver;
import io.micronaut.core.value.PropertyResolver;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartFailureTest {
    @Test
    void aRefusalIsFoundUnderWhatIsWrappedAroundIt() {
        var failure = new IllegalStateException("bean", new StartRefusedException("Set this."));

        assertThat(StartFailure.sentence(settings(Map.of()), failure)).isEqualTo("Set this.");
    }

    @Test
    void aMissingAddressOfTheDatabaseIsNamed() {
        assertThat(StartFailure.sentence(settings(Map.of()), new IllegalStateException("no driver")))
                .startsWith("Set datasources.default.url");
    }

    @Test
    void aDatabaseThatIsAwayIsNamedWithoutItsPassword() {
        var settings = settings(Map.of("datasources.default.url", "jdbc:mysql://me:geheim@db:3306/i?password=geheim"));

        assertThat(StartFailure.sentence(settings, new IllegalStateException(new SQLException("refused"))))
                .startsWith("MySQL at jdbc:mysql://db:3306/i cannot be used (refused)")
                .doesNotContain("geheim");
    }

    @Test
    void whatIsNotKnownIsLeftToTheStackTrace() {
        var settings = settings(Map.of("datasources.default.url", "jdbc:mysql://db/i"));

        assertThat(StartFailure.sentence(settings, new IllegalStateException("bug")))
                .isNull();
    }

    private static PropertyResolver settings(Map<String, Object> values) {
        return new PropertySourcePropertyResolver(MapPropertySource.of("test", values));
    }
}

package dev.paddock.inventory.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CausesTest {
    record Body(String name, List<Integer> numbers) {}

    @ParameterizedTest
    @CsvSource({
        "08S01, true", // the connection broke
        "08004, true", // too many connections
        "40001, true", // deadlock
        "70100, true", // killed
        "23000, false", // a constraint
        "42000, false", // a mistake in the statement
    })
    void whetherTheDatabaseIsAwayIsToldByTheSqlState(String state, boolean away) {
        assertThat(Causes.isDatabaseAway(new IllegalStateException(new SQLException("x", state))))
                .isEqualTo(away);
    }

    @Test
    void aPoolWithoutAFreeConnectionCountsAsAway() {
        assertThat(Causes.isDatabaseAway(new SQLTransientConnectionException("timed out")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"x\",\"nmae\":1} | There is no field 'nmae'.",
                "{\"numbers\":[1,\"geheim\"]} | 'numbers.[1]' is not what it must be.",
                "{\"name\":{}} | 'name' is not what it must be.",
                "[] | 'body' is not what it must be.",
                "{\"name\" | The body is not JSON (line 1, column 8)."
            })
    void aBadBodyIsExplainedWithoutRepeatingIt(String json, String why) {
        Throwable failure = catchThrowable(() -> JsonMapper.builder().build().readValue(json, Body.class));

        assertThat(Causes.whyUnreadable(new IllegalStateException(failure))).isEqualTo(why);
    }

    @Test
    void whatIsNotAboutJsonIsNotExplained() {
        assertThat(Causes.whyUnreadable(new IllegalStateException("x"))).isNull();
        assertThat(Causes.whyUnreadable(null)).isNull();
    }
}

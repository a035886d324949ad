package dev.paddock.manager.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

class CausesTest {
    @Test
    void aDatabaseThatIsAwayIsFoundUnderWhateverWrapsIt() {
        for (SQLException away : new SQLException[] {
            new SQLTransientConnectionException("pool"),
            new SQLNonTransientConnectionException("refused"),
            new SQLException("link", "08S01")
        }) {
            assertThat(Causes.whatIsAway(new IllegalStateException(new RuntimeException(away))))
                    .startsWith("MySQL");
        }
    }

    @Test
    void anythingElseIsOurFault() {
        assertThat(Causes.whatIsAway(new SQLException("syntax", "42000"))).isNull();
        assertThat(Causes.whatIsAway(new IOException("pipe"))).isNull();
        assertThat(Causes.whatIsAway(null)).isNull();
    }
}

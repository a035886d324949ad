package dev.paddock.director.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultPointsTest {
    @TempDir
    Path folder;

    private final AtomicInteger deaths = new AtomicInteger();

    @Test
    void itDiesAtItsPointAndAtNoOther() {
        FaultPoints faults = new FaultPoints(new FaultSettings("after POST pods", null), deaths::incrementAndGet);

        faults.before("POST pods");
        faults.after("POST secrets");
        assertThat(deaths).hasValue(0);

        faults.after("POST pods");
        assertThat(deaths).hasValue(1);
    }

    @Test
    void eachPointIsNotedOnceAndBeforeTheDeathAtIt() throws IOException {
        Path log = folder.resolve("points");
        FaultPoints faults = new FaultPoints(new FaultSettings("after POST pods", log.toString()), () -> {
            throw new IllegalStateException("dead");
        });

        faults.before("POST pods");
        faults.before("POST pods");
        assertThat(catchThrowable(() -> faults.after("POST pods"))).hasMessage("dead");

        assertThat(Files.readAllLines(log)).containsExactly("before POST pods", "after POST pods");
    }

    @Test
    void withoutSettingsNothingHappens() {
        FaultPoints faults = new FaultPoints(new FaultSettings(null, null), deaths::incrementAndGet);

        faults.before("POST pods");

        assertThat(deaths).hasValue(0);
    }
}

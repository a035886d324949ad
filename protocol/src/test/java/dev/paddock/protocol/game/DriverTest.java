package dev.paddock.protocol.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.paddock.protocol.Json;
import dev.paddock.protocol.MalformedException;
import dev.paddock.protocol.game.FromServer.Grid;
import dev.paddock.protocol.game.FromServer.Phase;
import dev.paddock.protocol.game.FromServer.Snapshot;
import dev.paddock.protocol.game.ToServer.Input;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriverTest {
    private final Driver driver = new Driver(new Grid(402.336, 6, 7000, 7500), "ada");

    @ParameterizedTest
    @CsvSource({
        "WAITING,   STAGED,      0, 1000, false, 0,   1",
        "COUNTDOWN, STAGED,      1, 1000, false, 0,   1",
        "RACING,    RACING,      1, 3000, false, 1,   1",
        "RACING,    RACING,      0, 1000, false, 1,   1",
        "RACING,    RACING,      1, 7100, true,  0.7, 1",
        "RACING,    RACING,      1, 7000, false, 1,   2",
        "RACING,    RACING,      6, 7400, false, 1,   6",
        "RACING,    FALSE_START, 1, 3000, false, 0,   1",
        "RACING,    FINISHED,    5, 6000, false, 0,   1",
        "OVER,      FINISHED,    5, 6000, false, 0,   1",
    })
    void whatTheDriverSeesDecidesWhatItDoes(
            Phase phase, Racer.Status status, int gear, double rpm, boolean spinning, double throttle, int wanted) {
        Racer other = new Racer("bob", 0, 0, 3, 7200, false, Racer.Status.RACING);
        Racer car = new Racer("ada", 10, 50, gear, rpm, spinning, status);

        Input input = driver.react(new Snapshot(1, 0, phase, List.of(other, car)));

        assertThat(input).isEqualTo(new Input(throttle, wanted));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"Input\",\"throttle\":1.1,\"gear\":1}",
                "{\"type\":\"Input\",\"throttle\":-0.1,\"gear\":1}",
                "{\"type\":\"Input\",\"throttle\":\"NaN\",\"gear\":1}",
                "{\"type\":\"Input\",\"throttle\":1,\"gear\":-1}",
                "{\"type\":\"Input\",\"throttle\":1,\"gear\":21}",
                "{\"type\":\"Input\",\"throttle\":1}",
                "{\"type\":\"Input\",\"gear\":1}",
                "{\"type\":\"Join\"}",
                "{\"type\":\"Join\",\"joinToken\":null}",
                "{\"type\":\"Fly\"}",
                "{}"
            })
    void anInputThatNoHandCanGiveIsMalformed(String line) {
        assertThrows(MalformedException.class, () -> Json.read(line, ToServer.class));
    }

    @Test
    void aJoinTokenIsNotInTheTextOfAJoin() {
        assertThat(new ToServer.Join("eyJ").toString()).doesNotContain("eyJ");
    }
}

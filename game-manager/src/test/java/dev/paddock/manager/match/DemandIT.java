package dev.paddock.manager.match;

import static dev.paddock.manager.FakeDirector.limits;
import static org.awaitility.Awaitility.await;

import dev.paddock.manager.FakeDirector;
import dev.paddock.manager.TestApi;
import dev.paddock.protocol.queue.Demand;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What directors are told of how much is played. */
class DemandIT {
    @Test
    void directorsHearWhoWaitsAndWhatWasFormedAndThatNobodyWaitsAnyMore() {
        try (TwoManagers managers = new TwoManagers("demand");
                FakeDirector director = MatchFixture.director(
                        managers.platform(), limits(Duration.ofSeconds(20), 3), managers.a(), managers.b())) {
            TestApi.Player ann = managers.a().api().newPlayer();
            TestApi.Player bob = managers.a().api().newPlayer();

            MatchFixture.queue(managers.a(), ann, director);
            await("one waits")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> director.demands().stream().anyMatch(demand -> Objects.equals(demand.waiting(), 1)));

            MatchFixture.queue(managers.b(), bob, director);
            await("one match was formed, told once")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> director.demands().stream()
                                    .map(Demand::formed)
                                    .mapToInt(formed -> formed.getOrDefault(director.region(), 0))
                                    .sum()
                            == 1);
            await("nobody waits")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> director.demands().stream().anyMatch(demand -> Objects.equals(demand.waiting(), 0)));
        }
    }
}

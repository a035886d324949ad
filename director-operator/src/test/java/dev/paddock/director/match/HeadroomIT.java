package dev.paddock.director.match;

import dev.paddock.protocol.Id;
import dev.paddock.protocol.queue.Demand;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As many wait as managers say that are needed. */
class HeadroomIT {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String region = Id.next(RANDOM);

    @TempDir
    private Path folder;

    @Test
    void aModeHasAsManyStandbysAsItIsPlayedAndNoneWhenNobodyPlaysIt() throws Exception {
        Map<String, Object> settings =
                TestDirector.settings(region, folder, TestDirector.command(FakeServer.Behaviour.GOOD), 0);
        settings.put("paddock.director.keep-standbys", "1s");
        TestDirector.changeMode(folder, "min: 0 ", "min: 0\n    max: 3 ");
        try (TestDirector director = TestDirector.start(settings);
                FakeManager manager = new FakeManager(region)) {
            Awaitility.await("one for those who wait")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        manager.tell(new Demand("drag-race", Map.of(), 1));
                        return director.standbys().size() == 1;
                    });

            Awaitility.await("none, when nobody says any more that players wait")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> director.standbys().isEmpty());

            Awaitility.await("as many as there may be")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        manager.tell(new Demand("drag-race", Map.of(region, 50, "elsewhere", 1), null));
                        return director.standbys().size() == 3;
                    });
        }
    }
}

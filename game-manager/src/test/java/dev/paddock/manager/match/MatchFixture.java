package dev.paddock.manager.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.manager.FakeDirector;
import dev.paddock.manager.TestApi;
import dev.paddock.manager.TestApi.Answer;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.manager.garage.Loadouts;
import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.mode.Regions;
import dev.paddock.manager.ticket.QueueResult;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.manager.ticket.Tickets;
import dev.paddock.manager.ticket.Wish;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.mode.MatchLimits;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Managers that are less patient than in earnest, and players who queue for the mode of a {@link FakeDirector}. */
final class MatchFixture {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration START = Duration.ofSeconds(20);

    private MatchFixture() {}

    static Map<String, Object> impatient() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("paddock.match.answer-within", "300ms");
        settings.put("paddock.match.ask-again-every", "200ms");
        settings.put("paddock.match.check-every", "300ms");
        settings.put("paddock.match.look-every", "50ms");
        settings.put("paddock.match.take-over-after", "1s");
        settings.put("paddock.match.write-again-after", "500ms");
        return settings;
    }

    /** A director whose mode and region these managers know. */
    static FakeDirector director(TestPlatform platform, MatchLimits limits, TestManager... managers) {
        return known(new FakeDirector(platform.nats(), limits), managers);
    }

    /** The same, once these managers know its mode and region. */
    static FakeDirector known(FakeDirector director, TestManager... managers) {
        for (TestManager manager : managers) {
            await("the manager knows mode and region")
                    .atMost(START)
                    .until(() -> manager.bean(Modes.class)
                                    .find(director.mode().name())
                                    .isPresent()
                            && manager.bean(Regions.class)
                                    .find(director.region())
                                    .isPresent());
        }
        return director;
    }

    static Ticket queue(TestManager manager, TestApi.Player player, FakeDirector director) {
        return queue(manager, player, director, 1500);
    }

    static Ticket queue(TestManager manager, TestApi.Player player, FakeDirector director, double rating) {
        QueueResult result = manager.bean(Tickets.class)
                .queue(Wish.of(
                        Id.next(RANDOM),
                        director.mode(),
                        new TicketPlayer(
                                player.playerId(),
                                player.name(),
                                rating,
                                Map.of(director.region(), 10),
                                Loadouts.DEFAULT)));
        assertThat(result).isInstanceOf(QueueResult.Queued.class);
        return ((QueueResult.Queued) result).ticket();
    }

    static Answer accept(TestManager manager, TestApi.Player player, String matchId) {
        return answer(manager, player, matchId, "accept");
    }

    static Answer decline(TestManager manager, TestApi.Player player, String matchId) {
        return answer(manager, player, matchId, "decline");
    }

    private static Answer answer(TestManager manager, TestApi.Player player, String matchId, String answer) {
        return manager.api().as(player.accessToken()).post("/v1/matches/" + matchId + "/" + answer, Map.of());
    }
}

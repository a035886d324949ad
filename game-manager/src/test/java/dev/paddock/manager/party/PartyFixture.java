package dev.paddock.manager.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.manager.FakeDirector;
import dev.paddock.manager.TestApi;
import dev.paddock.manager.TestApi.Answer;
import dev.paddock.manager.TestApi.Player;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.mode.Regions;
import dev.paddock.manager.redis.TestRedis;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.Tickets;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Role;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Parties on two replicas, in a mode whose teams have three players, and that no test brings together. */
final class PartyFixture implements AutoCloseable {
    private static final MatchingRules RULES = new MatchingRules(
            new Teams(2, 3),
            new Window(100, 10, 500),
            new Window(100, 10, 500),
            Duration.ofMinutes(5),
            List.of("version"),
            List.of(new Role("tank", 0, 3)),
            null,
            false,
            null);

    private final TestPlatform platform = TestPlatform.fresh("parties");
    private final FakeDirector director =
            new FakeDirector(platform.nats(), FakeDirector.limits(Duration.ofSeconds(30), 3), RULES);
    private final TestManager one = TestManager.start(platform);
    private final TestManager other = TestManager.start(platform);
    private final TestRedis redis = TestRedis.connect(platform.redis());
    private final String mode = director.mode().name();

    PartyFixture() {
        for (TestManager manager : List.of(one, other)) {
            await("the mode is known")
                    .until(() -> manager.bean(Modes.class).find(mode).isPresent()
                            && manager.bean(Regions.class)
                                    .find(director.region())
                                    .isPresent());
        }
    }

    TestManager one() {
        return one;
    }

    TestManager other() {
        return other;
    }

    TestRedis redis() {
        return redis;
    }

    FakeDirector director() {
        return director;
    }

    @Override
    public void close() {
        redis.close();
        one.close();
        other.close();
        director.close();
    }

    String party(Player leader) {
        return leader.api().post("/v1/parties", Map.of()).json().path("code").asText();
    }

    Player join(String code) {
        Player player = one.api().newPlayer();
        Answer joined = player.api().post(members(code), Map.of());
        assertThat(joined.status()).as(joined.text()).isEqualTo(200);
        return player;
    }

    Answer queue(Player player, String code) {
        return player.api().post("/v1/tickets", Map.of("mode", mode, "partyCode", code));
    }

    Ticket ticketOf(Player player) {
        return one.bean(Tickets.class).currentOf(player.playerId()).orElseThrow();
    }

    void assertNobodyIsQueued(Player... players) {
        for (Player player : players) {
            assertThat(redis.commands().get(QueueKeys.claim(player.playerId()))).isNull();
        }
        assertThat(redis.commands().keys("paddock:{" + mode + "}:ticket:*")).allMatch(key -> isOver(key, players));
    }

    private boolean isOver(String ticketKey, Player... players) {
        Ticket ticket = Ticket.of(redis.commands().hgetall(ticketKey));
        return ticket.state() != TicketState.WAITING
                || List.of(players).stream().noneMatch(player -> ticket.isOf(player.playerId()));
    }

    static TestApi on(TestManager manager, Player player) {
        return manager.api().as(player.accessToken());
    }

    static String members(String code) {
        return "/v1/parties/" + code + "/members";
    }
}

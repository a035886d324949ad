package dev.paddock.manager.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.manager.TcpGate;
import dev.paddock.manager.TestApi;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.manager.TestSocket;
import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.redis.TestRedis;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.frame.Frame;
import dev.paddock.protocol.frame.PlayerEvent;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.frame.TicketView;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replica loses NATS, while another one has it: what the sockets on the first get afterwards. */
class NatsOutageIT {
    private static final Duration SOON = Duration.ofSeconds(15);

    private static TcpGate gate;
    private static TestManager cutOff;
    private static TestManager other;
    private static TestApi.Player ann;

    @BeforeAll
    static void start() {
        TestPlatform platform = TestPlatform.withRedis("natsoutage", TestRedis.shared());
        gate = new TcpGate(URI.create(platform.nats().url()).getPort());
        cutOff = TestManager.start(platform, Map.of("paddock.nats.url", "nats://127.0.0.1:" + gate.port()));
        other = TestManager.start(platform);
        ann = other.api().newPlayer();
    }

    @AfterAll
    static void stop() {
        cutOff.close();
        other.close();
        gate.close();
    }

    @BeforeEach
    void connected() {
        await("NATS is there").atMost(SOON).until(() -> cutOff.bean(Bus.class).isConnected());
    }

    @AfterEach
    void open() {
        if (!cutOff.bean(Bus.class).isConnected()) {
            gate.shut();
            gate.open();
        }
    }

    @Test
    void whoWasConnectedIsGreetedAgainAndHearsWhatComesAfter() {
        try (TestSocket socket = TestSocket.open(cutOff.url(), ann.accessToken())) {
            socket.next("Welcome");
            losesNats();
            push("missed");

            gate.open();

            assertThat(socket.next().path("type").asText()).isEqualTo("Welcome");
            push("after");
            assertThat(socket.next("TicketUpdated").path("id").asText()).isEqualTo("after");
            assertThat(socket.isOpen()).isTrue();
        }
    }

    @Test
    void whoComesWhileItIsAwayIsGreetedAtOnceAndHearsWhatComesAfter() {
        losesNats();
        try (TestSocket socket = TestSocket.open(cutOff.url(), ann.accessToken())) {
            socket.next("Welcome");

            gate.open();

            assertThat(socket.next().path("type").asText()).isEqualTo("Welcome");
            push("after");
            assertThat(socket.next("TicketUpdated").path("id").asText()).isEqualTo("after");
        }
    }

    @Test
    void whoListensIsNotKnownToWhoAsksAcrossAnOutage() {
        losesNats();
        Bus bus = cutOff.bean(Bus.class);
        // Sent when NATS is there again, before others may have said whom they listen for.
        CompletableFuture<Bus.Listening> answer = CompletableFuture.supplyAsync(
                () -> bus.listens("paddock.player.nobody", new PlayerEvent.AreYouThere(), SOON));

        gate.open();

        assertThat(answer).succeedsWithin(SOON).isEqualTo(Bus.Listening.UNKNOWN);
        assertThat(bus.listens("paddock.player.nobody", new PlayerEvent.AreYouThere(), SOON))
                .isEqualTo(Bus.Listening.NOBODY);
    }

    private static void losesNats() {
        gate.shut();
        await("the replica has lost NATS")
                .atMost(SOON)
                .until(() -> !cutOff.bean(Bus.class).isConnected());
    }

    private static void push(String id) {
        var ticket = new TicketView("ticket", "mode", TicketState.WAITING, Instant.now(), 0, null, null);
        Bus bus = other.bean(Bus.class);
        bus.publish(
                Subjects.player(ann.playerId()),
                new PlayerEvent.Push(new Frame.TicketUpdated(id, Instant.now(), ticket)));
        assertThat(bus.flush(SOON)).isTrue();
    }
}

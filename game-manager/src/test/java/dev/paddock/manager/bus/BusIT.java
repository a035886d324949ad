package dev.paddock.manager.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.paddock.local.server.SharedServers;
import dev.paddock.manager.TcpGate;
import dev.paddock.protocol.Heard;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.frame.PlayerEvent;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bus on a real NATS, as a manager sees it: behind a gate that can be shut. */
class BusIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String id = Id.next(RANDOM);
    private TcpGate gate;
    private Bus bus;
    private Connection director;

    @BeforeEach
    void connect() throws Exception {
        SharedServers.Nats nats = SharedServers.nats();
        gate = new TcpGate(URI.create(nats.url()).getPort());
        bus = new Bus(new NatsSettings(
                "nats://127.0.0.1:" + gate.port(), nats.managerCreds().toString()));
        director = connection(nats.url(), nats.directorCreds());
        await("connected").atMost(SOON).until(bus::isConnected);
    }

    @AfterEach
    void close() throws Exception {
        bus.close();
        director.close();
        gate.close();
    }

    @Test
    void aRequestIsAnswered() throws Exception {
        directorAnswers(Subjects.directorStop(id), "{}");

        assertThat(bus.request(Subjects.directorStop(id), new Heard(), Heard.class, SOON))
                .isEqualTo(new Heard());
    }

    @Test
    void thatNobodyListensIsKnownAndSilenceIsNoAnswer() throws Exception {
        String subject = Subjects.player(id);
        assertThat(bus.listens(subject, new PlayerEvent.AreYouThere(), SOON)).isEqualTo(Bus.Listening.NOBODY);

        try (Bus.Subscription silent = bus.subscribe(subject, null, envelope -> {})) {
            assertThat(bus.flush(SOON)).isTrue();
            assertThat(bus.listens(subject, new PlayerEvent.AreYouThere(), Duration.ofMillis(300)))
                    .isEqualTo(Bus.Listening.UNKNOWN);
        }
        try (Bus.Subscription polite = bus.subscribe(subject, null, envelope -> envelope.answer(new Heard()))) {
            assertThat(bus.flush(SOON)).isTrue();
            assertThat(bus.listens(subject, new PlayerEvent.AreYouThere(), SOON))
                    .isEqualTo(Bus.Listening.YES);
        }
        gate.shut();
        assertThat(bus.listens(subject, new PlayerEvent.AreYouThere(), Duration.ofMillis(300)))
                .isEqualTo(Bus.Listening.UNKNOWN);
    }

    @Test
    void aRequestThatNobodyListensToFailsAtOnce() {
        long from = System.nanoTime();

        assertThatThrownBy(() -> bus.request(Subjects.directorStop(id), new Heard(), Heard.class, SOON))
                .isInstanceOf(NoAnswerException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(SOON.dividedBy(2));
    }

    @Test
    void manyWhoFlushAtOnceDoNotCostTheConnection() throws Exception {
        AtomicInteger reconnects = new AtomicInteger();
        bus.onReconnect(reconnects::incrementAndGet);
        directorAnswers(Subjects.directorStop(id), "{}");
        List<Boolean> flushed = new CopyOnWriteArrayList<>();
        List<Thread> threads = Stream.generate(() -> Thread.ofVirtual().unstarted(() -> flushed.add(bus.flush(SOON))))
                .limit(300)
                .toList();

        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(flushed).hasSize(300).containsOnly(true);
        // On a connection that was given up it would wait for the next one.
        bus.request(Subjects.directorStop(id), new Heard(), Heard.class, SOON);
        assertThat(reconnects).hasValue(0);
    }

    @Test
    void aRequestThatIsNotAnsweredEndsInTime() throws Exception {
        director.createDispatcher(message -> {}).subscribe(Subjects.directorStop(id));
        director.flush(SOON);

        assertThatThrownBy(
                        () -> bus.request(Subjects.directorStop(id), new Heard(), Heard.class, Duration.ofMillis(200)))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("200 ms");
    }

    @Test
    void madeWhileNatsIsAwayItHearsWhatItSubscribedToWhenNatsIsThere() throws Exception {
        gate.shut();
        List<String> heard = new CopyOnWriteArrayList<>();
        NatsSettings settings = new NatsSettings(
                "nats://127.0.0.1:" + gate.port(),
                SharedServers.nats().managerCreds().toString());
        try (Bus early = assertTimeoutPreemptively(SOON, () -> new Bus(settings));
                var subscription = early.subscribe(
                        Subjects.ALL_MATCH_EVENTS, "group-" + id, envelope -> heard.add(envelope.subject()));
                var following = early.follow(Subjects.player(id), envelope -> heard.add(envelope.subject()))) {
            assertThat(early.isConnected()).isFalse();

            gate.open();

            await("connected").atMost(SOON).until(early::isConnected);
            await("both are heard").atMost(SOON).until(() -> {
                director.publish(Subjects.matchReady(id), new byte[] {1});
                early.publish(Subjects.player(id), new Heard());
                return heard.contains(Subjects.matchReady(id)) && heard.contains(Subjects.player(id));
            });
        }
    }

    @Test
    void aHandlerThatFailsHeardTheNextOneAllTheSame() {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (var subscription = bus.subscribe(Subjects.ALL_MATCH_EVENTS, "group-" + id, envelope -> {
            if (envelope.subject().equals(Subjects.matchReady(id))) {
                throw new IllegalStateException("on purpose");
            }
            heard.add(envelope.subject());
        })) {
            assertThat(bus.flush(SOON)).isTrue();
            director.publish(Subjects.matchReady(id), new byte[] {1});
            director.publish(Subjects.matchEnded(id), new byte[] {1});

            await("the second is heard").atMost(SOON).until(() -> heard.contains(Subjects.matchEnded(id)));
        }
    }

    @Test
    void noMoreHandlersRunThanMay() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        int messages = Bus.MOST_HANDLERS + 50;
        try (var subscription = bus.subscribe(Subjects.ALL_MATCH_EVENTS, "group-" + id, envelope -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                assertThat(go.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            running.decrementAndGet();
            done.incrementAndGet();
        })) {
            assertThat(bus.flush(SOON)).isTrue();
            for (int i = 0; i < messages; i++) {
                director.publish(Subjects.matchReady(id), new byte[] {1});
            }
            await("all places are taken").atMost(SOON).until(() -> running.get() == Bus.MOST_HANDLERS);
            go.countDown();

            await("all are done").atMost(SOON).until(() -> done.get() == messages);
            assertThat(most.get()).isEqualTo(Bus.MOST_HANDLERS);
        }
    }

    @Test
    void whoFollowsHearsInOrderUntilClosed() {
        List<String> heard = new CopyOnWriteArrayList<>();
        String subject = Subjects.player(id);
        var following = bus.follow(
                subject,
                envelope -> heard.add(envelope.read(PlayerEvent.LoggedOut.class).jti()));
        for (int i = 0; i < 500; i++) {
            bus.publish(subject, new PlayerEvent.LoggedOut("jti-" + i));
        }
        await("all are heard").atMost(SOON).until(() -> heard.size() == 500);
        assertThat(heard.getFirst()).isEqualTo("jti-0");
        assertThat(heard).isSortedAccordingTo((x, y) -> Integer.compare(number(x), number(y)));

        following.close();

        bus.publish(subject, new PlayerEvent.LoggedOut("jti-late"));
        assertThat(bus.flush(SOON)).isTrue();
        assertThat(heard).doesNotContain("jti-late");
    }

    @Test
    void afterAnOutageItGoesOnAndSaysSo() {
        List<String> heard = new CopyOnWriteArrayList<>();
        AtomicInteger reconnects = new AtomicInteger();
        bus.onReconnect(reconnects::incrementAndGet);
        bus.follow(Subjects.player(id), envelope -> heard.add(envelope.subject()));
        assertThat(bus.flush(SOON)).isTrue();
        gate.shut();
        await("it is noticed").atMost(SOON).until(() -> !bus.isConnected());
        assertThat(bus.flush(Duration.ofMillis(200))).isFalse();

        gate.open();

        await("the listener is called").atMost(SOON).until(() -> reconnects.get() > 0);
        bus.publish(Subjects.player(id), new PlayerEvent.LoggedOut("jti"));
        await("it is heard again").atMost(SOON).until(() -> heard.size() == 1);
    }

    private static int number(String jti) {
        return Integer.parseInt(jti.substring("jti-".length()));
    }

    private void directorAnswers(String subject, String json) throws Exception {
        director.createDispatcher(
                        message -> director.publish(message.getReplyTo(), json.getBytes(StandardCharsets.UTF_8)))
                .subscribe(subject);
        director.flush(SOON);
    }

    private static Connection connection(String url, Path creds) throws Exception {
        return Nats.connect(Options.builder()
                .server(url)
                .authHandler(Nats.credentials(creds.toString()))
                .build());
    }
}

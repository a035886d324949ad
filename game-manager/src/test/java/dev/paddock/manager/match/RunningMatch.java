package dev.paddock.manager.match;

import static dev.paddock.manager.FakeDirector.limits;
import static dev.paddock.manager.FakeDirector.ready;
import static dev.paddock.manager.FakeDirector.server;

import dev.paddock.manager.FakeDirector;
import dev.paddock.manager.TestApi.Player;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.manager.TestSocket;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A match that two players play, who could be four, in a mode of its own that fills free seats. */
record RunningMatch(FakeDirector director, StartMatch start) implements AutoCloseable {
    private static final MatchingRules RULES = new MatchingRules(
            new Teams(2, 2, 1, Duration.ZERO),
            new Window(100, 10, 500),
            new Window(100, 10, 500),
            Duration.ofMinutes(5),
            List.of(),
            List.of(),
            null,
            true,
            null);

    /** It is closed with the test. */
    static RunningMatch on(TwoManagers managers) {
        return managers.opened(on(managers.platform(), managers.a(), managers.b()));
    }

    static RunningMatch on(TestPlatform platform, TestManager... managers) {
        FakeDirector director = MatchFixture.known(
                new FakeDirector(platform.nats(), limits(Duration.ofSeconds(10), 3), RULES), managers);
        TestManager manager = managers[0];
        Player ann = manager.api().newPlayer();
        try (TestSocket anns = TestSocket.open(manager.url(), ann.accessToken())) {
            MatchFixture.queue(manager, ann, director);
            MatchFixture.queue(manager, manager.api().newPlayer(), director);
            StartMatch start = director.nextAsked();
            director.say(ready(start, server(start)));
            anns.next("PlayerMatched");
            return new RunningMatch(director, start);
        }
    }

    String matchId() {
        return start.matchId();
    }

    String serverId() {
        return server(start);
    }

    QueueKeys keys() {
        return new QueueKeys(start.mode());
    }

    /** The ids of the two who began it. */
    Stream<String> players() {
        return start.players().stream().map(MatchPlayer::playerId);
    }

    /** What its server says of its seats. */
    MatchEvent.Seats seats(int number, int roster, int freeInSecond) {
        return new MatchEvent.Seats(
                matchId(),
                start.mode(),
                serverId(),
                number,
                roster,
                List.of(0, freeInSecond),
                players().toList(),
                Instant.now());
    }

    @Override
    public void close() {
        director.close();
    }
}

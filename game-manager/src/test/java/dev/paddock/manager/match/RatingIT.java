package dev.paddock.manager.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.manager.FakeDirector;
import dev.paddock.manager.TestApi;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.manager.account.Profiles;
import dev.paddock.manager.garage.Loadouts;
import dev.paddock.manager.rating.Rating;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.match.MatchResult.Outcome;
import dev.paddock.protocol.match.Standing;
import dev.paddock.protocol.match.StartMatch;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What matches change in ratings, on two replicas and a real MySQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RatingIT {
    /** 60 times what OpenSkill publishes for the winner of the first match of two. */
    private static final Rating FIRST_WIN = new Rating(60 * 27.635389493140497, 60 * 8.06590141354368);

    private static final Duration SOON = Duration.ofSeconds(10);

    private final TestPlatform platform = TestPlatform.fresh("ratings");
    private final TestManager a = TestManager.start(platform, MatchFixture.impatient());
    private final TestManager b = TestManager.start(platform, MatchFixture.impatient());

    @AfterAll
    void stop() {
        a.close();
        b.close();
    }

    @Test
    void aMatchThatIsPlayedChangesTheRatingsOfTheNextTickets() {
        TestApi.Player ann = a.api().newPlayer();
        TestApi.Player bob = b.api().newPlayer();
        try (FakeDirector director =
                MatchFixture.director(platform, FakeDirector.limits(Duration.ofSeconds(20), 3), a, b)) {
            MatchFixture.queue(a, ann, director);
            MatchFixture.queue(b, bob, director);
            StartMatch start = director.nextAsked();
            director.say(FakeDirector.ready(start, FakeDirector.server(start)));
            MatchEvent.Ended ended = FakeDirector.ended(start, FakeDirector.server(start));
            boolean annWins = ended.result().standings().getFirst().playerId().equals(ann.playerId());

            director.say(ended);
            director.say(ended);

            Rating winner = FIRST_WIN;
            Rating loser = new Rating(3000 - FIRST_WIN.mean(), FIRST_WIN.uncertainty());
            assertBecomes(ann, annWins ? winner : loser);
            assertBecomes(bob, annWins ? loser : winner);
        }
    }

    @Test
    void aResultThatManyReplicasWriteAtOnceCountsOnce() throws Exception {
        TestApi.Player ann = a.api().newPlayer();
        TestApi.Player bob = a.api().newPlayer();
        FinishedMatch match = match(Outcome.FINISHED, ann, bob);
        List<ResultStore> stores = List.of(a.bean(ResultStore.class), b.bean(ResultStore.class));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> writes = IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(i -> () -> stores.get(i % 2).write(match))
                    .toList();

            List<Future<Boolean>> first = threads.invokeAll(writes);

            assertThat(first.stream().filter(written -> written.resultNow()).count())
                    .isEqualTo(1);
        }
        assertClose(stored(ann), FIRST_WIN);
        assertThat(stored(bob).mean()).isCloseTo(3000 - FIRST_WIN.mean(), within(1e-6));
    }

    @Test
    void matchesOfTheSamePlayersAtTheSameMomentAllCount() throws Exception {
        TestApi.Player ann = a.api().newPlayer();
        TestApi.Player bob = a.api().newPlayer();
        int matches = 6;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> writes = IntStream.range(0, matches)
                    .<Callable<Boolean>>mapToObj(i -> {
                        ResultStore store = (i % 2 == 0 ? a : b).bean(ResultStore.class);
                        FinishedMatch match =
                                i % 2 == 0 ? match(Outcome.FINISHED, ann, bob) : match(Outcome.FINISHED, bob, ann);
                        return () -> store.write(match);
                    })
                    .toList();

            for (Future<Boolean> written : threads.invokeAll(writes)) {
                assertThat(written.get()).isTrue();
            }
        }
        assertThat(ann.api().get("/v1/players/me").json().findPath("played").asInt())
                .isEqualTo(matches);
        // Each match has made both a little surer, and by the same.
        assertThat(stored(ann).uncertainty()).isLessThan(FIRST_WIN.uncertainty() - 40);
        assertThat(stored(ann).uncertainty()).isCloseTo(stored(bob).uncertainty(), within(1e-6));
        assertThat(stored(ann).mean() + stored(bob).mean()).isCloseTo(3000, within(1e-6));
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"ABANDONED", "STOPPED"})
    void aMatchThatWasNotPlayedToItsEndChangesNothing(Outcome outcome) {
        TestApi.Player ann = a.api().newPlayer();
        TestApi.Player bob = a.api().newPlayer();

        assertThat(a.bean(ResultStore.class).write(match(outcome, ann, bob))).isTrue();

        assertThat(stored(ann)).isEqualTo(Rating.FIRST);
        assertThat(stored(bob)).isEqualTo(Rating.FIRST);
    }

    @Test
    void aPlayerWhoIsNotThereIsRatedAsANewcomerAndNotWritten() {
        TestApi.Player ann = a.api().newPlayer();
        TestApi.Player gone = new TestApi.Player(Id.next(new SecureRandom()), "gone", "", "", a.api());

        assertThat(a.bean(ResultStore.class).write(match(Outcome.FINISHED, ann, gone)))
                .isTrue();

        assertClose(stored(ann), FIRST_WIN);
    }

    /** In MySQL, and where the next ticket takes it from on whichever replica. */
    private void assertBecomes(TestApi.Player player, Rating rating) {
        await("the profile has the new rating").atMost(SOON).untilAsserted(() -> {
            assertClose(a.bean(Profiles.class).of(player.playerId()).rating(), rating);
            assertClose(b.bean(Profiles.class).of(player.playerId()).rating(), rating);
        });
        assertClose(stored(player), rating);
    }

    private static void assertClose(Rating actual, Rating expected) {
        assertThat(actual.mean()).isCloseTo(expected.mean(), within(1e-6));
        assertThat(actual.uncertainty()).isCloseTo(expected.uncertainty(), within(1e-6));
    }

    private static Rating stored(TestApi.Player player) {
        JsonNode profile = player.api().get("/v1/players/" + player.playerId()).json();
        return new Rating(
                profile.path("rating").asDouble(), profile.path("uncertainty").asDouble());
    }

    /** A match of two, the first of whom won. */
    private static FinishedMatch match(Outcome outcome, TestApi.Player first, TestApi.Player second) {
        Instant now = Instant.now();
        List<Standing> standings = List.of(
                new Standing(first.playerId(), 1, null, Map.of()), new Standing(second.playerId(), 2, null, Map.of()));
        return new FinishedMatch(
                Id.next(new SecureRandom()),
                "mode",
                "region",
                MatchState.ENDED,
                List.of(finished(first, 0, now), finished(second, 1, now)),
                new MatchResult(outcome, outcome == Outcome.FINISHED ? standings : List.of()),
                null,
                "server",
                true,
                Map.of(),
                now,
                now);
    }

    private static FinishedMatch.FinishedPlayer finished(TestApi.Player player, int team, Instant now) {
        return new FinishedMatch.FinishedPlayer(
                new MatchPlayer(player.playerId(), player.name(), team, Loadouts.DEFAULT), now, now);
    }
}

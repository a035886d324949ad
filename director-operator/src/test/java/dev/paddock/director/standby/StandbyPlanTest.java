package dev.paddock.director.standby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.crds.ServerTemplate;
import dev.paddock.director.fleet.Phase;
import dev.paddock.director.fleet.ServerView;
import dev.paddock.director.mode.KnownMode;
import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Mode;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandbyPlanTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final int ROOM = 10;

    @Test
    void whatIsMissingIsStarted() {
        KnownMode race = mode("race", 2);

        assertThat(plan(List.of(race), List.of(standby("a", "race", 0))).start())
                .containsExactly(race);
    }

    @Test
    void aServerThatStartsCountsAsAStandby() {
        StandbyPlan plan = plan(List.of(mode("race", 1)), List.of(server("a", "race", null, Phase.STARTING, null, 0)));

        assertThat(plan).isEqualTo(new StandbyPlan(List.of(), List.of()));
    }

    @Test
    void aServerWithAMatchIsNoStandbyWhateverItsPhase() {
        KnownMode race = mode("race", 1);
        List<ServerView> servers = List.of(
                server("cold", "race", "t1", Phase.STARTING, "m1", 0),
                server("taken", "race", "t1", Phase.ASSIGNED, "m2", 0),
                server("plays", "race", "t1", Phase.RUNNING, "m3", 0),
                server("leaves", "race", "t1", Phase.RETIRING, null, 0));

        assertThat(plan(List.of(race), servers)).isEqualTo(new StandbyPlan(List.of(race), List.of()));
    }

    @Test
    void twoAreStartedAtOneTimeAtMost() {
        KnownMode race = mode("race", 9);

        assertThat(plan(List.of(race), List.of()).start()).containsExactly(race, race);
        assertThat(plan(List.of(race), List.of(server("a", "race", "t1", Phase.STARTING, null, 0)))
                        .start())
                .containsExactly(race);
    }

    @Test
    void noMoreAreStartedThanThereIsRoomFor() {
        KnownMode race = mode("race", 9);

        assertThat(StandbyPlan.of(List.of(race), List.of(), mode -> true, 1, NOW)
                        .start())
                .containsExactly(race);
        assertThat(StandbyPlan.of(List.of(race), List.of(), mode -> true, -1, NOW)
                        .start())
                .isEmpty();
    }

    @Test
    void aModeWhoseStartsFailWaitsAndTheOthersDoNot() {
        KnownMode broken = mode("broken", 1);
        KnownMode race = mode("race", 1);

        StandbyPlan plan = StandbyPlan.of(
                List.of(broken, race), List.of(), mode -> !mode.name().equals("broken"), ROOM, NOW);

        assertThat(plan.start()).containsExactly(race);
    }

    @Test
    void theYoungestOfTooManyAreRetired() {
        List<ServerView> servers =
                List.of(standby("old", "race", 1), standby("young", "race", 3), standby("middle", "race", 2));

        assertThat(plan(List.of(mode("race", 1)), servers).retire())
                .extracting(StandbyPlan.Retire::serverId)
                .containsExactly("young", "middle");
    }

    @Test
    void aStandbyOfAnOldTemplateIsRetiredAndReplaced() {
        KnownMode race = mode("race", 1);
        ServerView old = server("old", "race", "t0", Phase.STANDBY, null, 0);

        StandbyPlan plan = plan(List.of(race), List.of(old));

        assertThat(plan.retire()).containsExactly(new StandbyPlan.Retire("old", "its template is an old one"));
        assertThat(plan.start()).containsExactly(race);
    }

    @Test
    void aStandbyWhoseModeIsGoneIsRetired() {
        StandbyPlan plan = plan(List.of(), List.of(standby("a", "race", 0)));

        assertThat(plan)
                .isEqualTo(new StandbyPlan(List.of(), List.of(new StandbyPlan.Retire("a", "its mode is gone"))));
    }

    @Test
    void aStandbyThatWasTakenKeepsItsPlaceUntilItsMatchIsOnItsWay() {
        KnownMode race = mode("race", 1);
        List<ServerView> servers = List.of(taken("a", Phase.ASSIGNED, NOW));

        assertThat(planAt(NOW.plusMillis(399), race, servers).start()).isEmpty();
        assertThat(planAt(NOW.plusMillis(400), race, servers).start()).containsExactly(race);
    }

    @Test
    void eachPlaceThatWasTakenHasItsOwnClock() {
        KnownMode race = mode("race", 3);
        List<ServerView> servers = List.of(
                taken("a", Phase.RUNNING, NOW),
                taken("b", Phase.RUNNING, NOW.plusMillis(300)),
                standby("c", "race", 0));

        assertThat(planAt(NOW.plusMillis(500), race, servers).start()).containsExactly(race);
        assertThat(planAt(NOW.plusMillis(700), race, servers).start()).containsExactly(race, race);
    }

    @Test
    void aStreamOfMatchesDoesNotStarveTheRefill() {
        KnownMode race = mode("race", 1);
        List<ServerView> servers = List.of(
                taken("a", Phase.RUNNING, NOW),
                server("cold1", "race", "t1", Phase.STARTING, "m1", 0),
                server("cold2", "race", "t1", Phase.ASSIGNED, "m2", 0));

        assertThat(planAt(NOW.plusMillis(400), race, servers).start()).containsExactly(race);
    }

    @Test
    void aPlaceOfAnotherModeHoldsNothing() {
        KnownMode chess = mode("chess", 1);

        assertThat(planAt(NOW, chess, List.of(taken("a", Phase.ASSIGNED, NOW))).start())
                .containsExactly(chess);
    }

    @Test
    void withoutStandbysWantedNoneAreKept() {
        StandbyPlan plan = plan(List.of(mode("race", 0)), List.of(standby("a", "race", 0)));

        assertThat(plan.start()).isEmpty();
        assertThat(plan.retire()).extracting(StandbyPlan.Retire::serverId).containsExactly("a");
    }

    private static StandbyPlan plan(List<KnownMode> modes, List<ServerView> servers) {
        return StandbyPlan.of(modes, servers, mode -> true, ROOM, NOW);
    }

    private static StandbyPlan planAt(Instant now, KnownMode mode, List<ServerView> servers) {
        return StandbyPlan.of(List.of(mode), servers, any -> true, ROOM, now);
    }

    private static ServerView taken(String serverId, Phase phase, Instant takenAt) {
        return new ServerView(serverId, "race", "t1", phase, "of " + serverId, takenAt, Map.of(), 0, takenAt);
    }

    private static ServerView standby(String serverId, String mode, int bornAt) {
        return server(serverId, mode, "t1", Phase.STANDBY, null, bornAt);
    }

    private static ServerView server(
            String serverId,
            String mode,
            @Nullable String template,
            Phase phase,
            @Nullable String matchId,
            int bornAt) {
        return new ServerView(serverId, mode, template, phase, matchId, NOW.plusSeconds(bornAt), Map.of(), 0, null);
    }

    private static KnownMode mode(String name, int standbyMin) {
        Window window = new Window(1, 1, 1);
        MatchingRules matching = new MatchingRules(new Teams(2, 1), window, window, Duration.ofMinutes(5));
        MatchLimits limits = new MatchLimits(Duration.ofSeconds(10), 3, Duration.ofSeconds(30), Duration.ofMinutes(3));
        return new KnownMode(new Mode(name, matching, limits), standbyMin, ServerTemplate.of("image"), "t1");
    }
}

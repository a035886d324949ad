package dev.paddock.director.standby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.crds.ServerTemplate;
import dev.paddock.crds.Standby;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
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
        StandbyPlan plan = plan(List.of(mode("race", 1)), List.of(server("a", "race", "t1", Phase.STARTING, null, 0)));

        assertThat(plan).isEqualTo(new StandbyPlan(List.of(), List.of(), List.of()));
    }

    @Test
    void aServerWithAMatchIsNoStandbyWhateverItsPhase() {
        KnownMode race = mode("race", 1);
        List<ServerView> servers = List.of(
                server("cold", "race", "t1", Phase.STARTING, "m1", 0),
                server("taken", "race", "t1", Phase.ASSIGNED, "m2", 0),
                server("plays", "race", "t1", Phase.RUNNING, "m3", 0),
                server("leaves", "race", "t1", Phase.RETIRING, null, 0));

        assertThat(plan(List.of(race), servers)).isEqualTo(new StandbyPlan(List.of(race), List.of(), List.of()));
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

        assertThat(StandbyPlan.of(List.of(race), List.of(), bounds(any -> true, 1), NOW)
                        .start())
                .containsExactly(race);
        assertThat(StandbyPlan.of(List.of(race), List.of(), bounds(any -> true, -1), NOW)
                        .start())
                .isEmpty();
    }

    @Test
    void aModeWhoseStartsFailWaitsAndTheOthersDoNot() {
        KnownMode broken = mode("broken", 1);
        KnownMode race = mode("race", 1);

        StandbyPlan plan = StandbyPlan.of(
                List.of(broken, race), List.of(), bounds(mode -> !mode.name().equals("broken"), ROOM), NOW);

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
    void aNewTemplateComesUpBesideTheOldOneWhichIsRefilled() {
        KnownMode race = rollingOut(2);
        ServerView old = standby("old", "race", 0);

        StandbyPlan plan = plan(List.of(race), List.of(old));

        assertThat(plan.retire()).isEmpty();
        assertThat(plan.rolledOut()).isEmpty();
        assertThat(plan.start()).containsExactly(race, race.next());
    }

    @Test
    void matchesGetTheNewTemplateWhenAsManyOfItWaitAsAreWanted() {
        KnownMode race = rollingOut(2);
        List<ServerView> servers = List.of(
                standby("old1", "race", 0),
                standby("old2", "race", 0),
                server("new1", "race", "t2", Phase.STANDBY, null, 1),
                server("new2", "race", "t2", Phase.STARTING, null, 1));

        assertThat(plan(List.of(race), servers)).isEqualTo(new StandbyPlan(List.of(), List.of(), List.of()));

        List<ServerView> later = new ArrayList<>(servers.subList(0, 3));
        later.add(server("new2", "race", "t2", Phase.STANDBY, null, 2));
        assertThat(plan(List.of(race), later))
                .isEqualTo(new StandbyPlan(List.of(), List.of(), List.of(Objects.requireNonNull(race.next()))));
    }

    @Test
    void aNewTemplateThatDoesNotComeUpLeavesTheOldOneAlone() {
        KnownMode race = rollingOut(1);
        Predicate<KnownMode> onlyTheOld = mode -> mode.template().equals("t1");

        StandbyPlan waits =
                StandbyPlan.of(List.of(race), List.of(standby("old", "race", 0)), bounds(onlyTheOld, ROOM), NOW);
        StandbyPlan taken = StandbyPlan.of(List.of(race), List.of(), bounds(onlyTheOld, ROOM), NOW);

        assertThat(waits).isEqualTo(new StandbyPlan(List.of(), List.of(), List.of()));
        assertThat(taken.start()).containsExactly(race);
    }

    @Test
    void aTemplateThatIsNeitherOldNorNewIsRetired() {
        ServerView third = server("third", "race", "t0", Phase.STANDBY, null, 0);

        assertThat(plan(List.of(rollingOut(1)), List.of(third)).retire())
                .containsExactly(new StandbyPlan.Retire("third", "its template is an old one"));
    }

    @Test
    void whereNobodyWaitsANewTemplateServesAtOnce() {
        KnownMode race = rollingOut(0);

        assertThat(plan(List.of(race), List.of()).rolledOut()).containsExactly(Objects.requireNonNull(race.next()));
    }

    @Test
    void theFirstTemplateOfAModeIsNotedAtOnceAndStartedOnce() {
        KnownMode race = mode("race", 1).unnoted();

        StandbyPlan plan = plan(List.of(race), List.of());

        assertThat(plan.rolledOut()).containsExactly(Objects.requireNonNull(race.next()));
        assertThat(plan.start()).containsExactly(race);
    }

    @Test
    void oneModeThatMissesManyDoesNotKeepAnotherFromItsFirst() {
        KnownMode many = mode("many", 9);
        KnownMode one = mode("one", 1);

        assertThat(plan(List.of(many, one), List.of()).start()).containsExactly(many, one);
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
    void aStandbyWhoseNodeTakesNoMoreServersIsRetiredAndReplaced() {
        ServerView leaving =
                new ServerView("a", "race", "t1", Phase.STANDBY, null, NOW, Map.of(), 0, null, null, null, false, true);
        ServerView playing =
                new ServerView("b", "race", "t1", Phase.RUNNING, "m", NOW, Map.of(), 0, null, null, null, false, true);

        StandbyPlan plan = planAt(NOW, mode("race", 1), List.of(leaving, playing));

        assertThat(plan.retire()).extracting(StandbyPlan.Retire::serverId).containsExactly("a");
        assertThat(plan.start()).hasSize(1);
    }

    @Test
    void aStandbyWhoseModeIsGoneIsRetired() {
        StandbyPlan plan = plan(List.of(), List.of(standby("a", "race", 0)));

        assertThat(plan)
                .isEqualTo(new StandbyPlan(
                        List.of(), List.of(new StandbyPlan.Retire("a", "its mode is gone")), List.of()));
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

    private static StandbyPlan.Bounds bounds(Predicate<KnownMode> mayStart, int room) {
        return new StandbyPlan.Bounds(mode -> mode.standby().min(), mayStart, 2, room);
    }

    private static StandbyPlan plan(List<KnownMode> modes, List<ServerView> servers) {
        return StandbyPlan.of(modes, servers, bounds(any -> true, ROOM), NOW);
    }

    private static StandbyPlan planAt(Instant now, KnownMode mode, List<ServerView> servers) {
        return StandbyPlan.of(List.of(mode), servers, bounds(any -> true, ROOM), now);
    }

    private static ServerView taken(String serverId, Phase phase, Instant takenAt) {
        return new ServerView(
                serverId,
                "race",
                "t1",
                phase,
                "of " + serverId,
                takenAt,
                Map.of(),
                0,
                takenAt,
                null,
                null,
                false,
                false);
    }

    private static ServerView standby(String serverId, String mode, int bornAt) {
        return server(serverId, mode, "t1", Phase.STANDBY, null, bornAt);
    }

    private static ServerView server(
            String serverId, String mode, String template, Phase phase, @Nullable String matchId, int bornAt) {
        return new ServerView(
                serverId,
                mode,
                template,
                phase,
                matchId,
                NOW.plusSeconds(bornAt),
                Map.of(),
                0,
                null,
                null,
                null,
                false,
                false);
    }

    private static KnownMode rollingOut(int standbyMin) {
        KnownMode now = mode("race", standbyMin);
        KnownMode next = new KnownMode(now.mode(), now.standby(), ServerTemplate.of("image:2"), "t2", null);
        return new KnownMode(now.mode(), now.standby(), now.server(), "t1", next);
    }

    private static KnownMode mode(String name, int standbyMin) {
        Window window = new Window(1, 1, 1);
        MatchingRules matching = new MatchingRules(new Teams(2, 1), window, window, Duration.ofMinutes(5));
        MatchLimits limits = new MatchLimits(Duration.ofSeconds(10), 3, Duration.ofSeconds(30), Duration.ofMinutes(3));
        ServerTemplate server = ServerTemplate.of("image");
        return new KnownMode(new Mode(name, matching, limits), Standby.of(standbyMin), server, "t1", null);
    }
}

package dev.paddock.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.faults.Remains.StoredMatch;
import dev.paddock.faults.Remains.StoredTicket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every kind of broken promise is planted in a history that is good without it. */
class CheckerTest {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration GRACE = Duration.ofSeconds(3);
    static final Told ANN = accepted("ann", "ticket-a");
    static final Told BOB = accepted("bob", "ticket-b");
    static final StoredMatch PLAYED = match("m1", "ENDED", null, 0, 10, Map.of("ticket-a", "ann", "ticket-b", "bob"));
    static final StoredTicket A = new StoredTicket("ticket-a", "MATCHED", "m1", null);
    static final StoredTicket B = new StoredTicket("ticket-b", "MATCHED", "m1", null);

    @Test
    void aMatchThatWasPlayedIsNoViolation() {
        assertThat(check(history(ANN, BOB, told("ann", "ticket-a", "MATCHED", "m1", 1)), remains(PLAYED, A, B)))
                .isEmpty();
    }

    @Test
    void aTicketThatIsGoneIsFound() {
        assertThat(check(history(ANN, BOB, accepted("cem", "ticket-c")), remains(PLAYED, A, B)))
                .containsExactly("ticket-c: accepted, and gone; its client was not told so");
    }

    @Test
    void aTicketThatStillWaitsIsFound() {
        StoredTicket waits = new StoredTicket("ticket-c", "WAITING", null, null);
        assertThat(check(history(ANN, BOB, accepted("cem", "ticket-c")), remains(PLAYED, A, B, waits)))
                .containsExactly("ticket-c: never ended: WAITING");
    }

    @Test
    void aTicketWhoseMatchNeverCameIsFound() {
        StoredTicket stranded = new StoredTicket("ticket-c", "MATCHED", "m2", null);
        assertThat(check(history(ANN, BOB, accepted("cem", "ticket-c")), remains(PLAYED, A, B, stranded)))
                .containsExactly("ticket-c: MATCHED, and its match m2 is not there");
    }

    @Test
    void whoWasToldCancelledIsNotMatched() {
        assertThat(check(history(ANN, BOB, told("ann", "ticket-a", "CANCELLED", null, 1)), remains(PLAYED, A, B)))
                .containsExactly("ticket-a: its client was told CANCELLED , and it is MATCHED m1");
    }

    @Test
    void aTicketThatIsThereIsNotUnknown() {
        Told unknown = new Told.TicketUnknown(NOON, "ann", "ticket-a");
        assertThat(check(history(ANN, BOB, unknown), remains(PLAYED, A, B)))
                .containsExactly("ticket-a: its client was told that there is no such ticket");
    }

    @Test
    void aTicketInTwoMatchesIsFound() {
        StoredMatch second = match("m2", "ENDED", null, 20, 30, Map.of("ticket-a", "ann"));
        assertThat(check(history(ANN, BOB), remains(List.of(PLAYED, second), A, B)))
                .anyMatch(what -> what.startsWith("ticket-a: in 2 matches"));
    }

    @Test
    void aMatchThatWasGivenUpBeforeIsNoSecondOne() {
        StoredMatch before = match("m0", "CANCELLED", "no-server", -20, -10, Map.of("ticket-a", "ann"));
        List<Told> history = history(ANN, BOB, told("ann", "ticket-a", "MATCHED", "m0", -15));
        assertThat(check(history, remains(List.of(PLAYED, before), A, B))).isEmpty();
    }

    @Test
    void aPlayerInTwoLiveMatchesIsFound() {
        StoredMatch other = match("m2", "ENDED", null, 5, 30, Map.of("ticket-c", "ann"));
        StoredTicket third = new StoredTicket("ticket-c", "MATCHED", "m2", null);
        assertThat(check(history(ANN, BOB, accepted("ann", "ticket-c")), remains(List.of(PLAYED, other), A, B, third)))
                .anyMatch(what -> what.startsWith("ann: in two live matches: m1"));
    }

    @Test
    void aMatchOnTwoServersIsFound() {
        Told first = new Told.SentTo(NOON, "ann", "m1", "server-of-m1");
        Told second = new Told.SentTo(NOON, "bob", "m1", "another");
        assertThat(check(history(ANN, BOB, first, second), remains(PLAYED, A, B)))
                .containsExactly("m1: players were sent to two servers: server-of-m1 and another");
    }

    @Test
    void anOutdatedTokenThatWasTakenIsFound() {
        Told later = new Told.Fence(NOON, "duel", NOON.toEpochMilli() - 1, 8);
        assertThat(check(history(ANN, BOB, later), remains(PLAYED, A, B)))
                .containsExactly("m1: formed with the fencing token 7, 1 ms after Redis was seen to have given 8");
    }

    @Test
    void aTokenThatWasGivenAfterwardsIsNoViolation() {
        Told later = new Told.Fence(NOON, "duel", NOON.toEpochMilli(), 8);
        assertThat(check(history(ANN, BOB, later), remains(PLAYED, A, B))).isEmpty();
    }

    @Test
    void aTokenOfAnotherModeIsNoViolation() {
        Told later = new Told.Fence(NOON, "pairs", NOON.toEpochMilli() - 1, 8);
        assertThat(check(history(ANN, BOB, later), remains(PLAYED, A, B))).isEmpty();
    }

    @Test
    void aTicketThatEndedThoughItsPlayerHadASocketIsFound() {
        StoredTicket gone = new StoredTicket("ticket-c", "CANCELLED", null, NOON.plusSeconds(5));
        Told opened = new Told.SocketOpened(NOON, "cem");
        Told lost = new Told.SocketLost(NOON.plusSeconds(1), "cem");
        Told back = new Told.SocketOpened(NOON.plusSeconds(2), "cem");
        Told late = new Told.SocketOpened(NOON.plusSeconds(6), "cem");
        Told absent = new Told.Absent(NOON.plusSeconds(6), "cem", "ticket-c");
        Told cem = accepted("cem", "ticket-c");

        assertThat(check(history(ANN, BOB, cem, opened, lost, back, absent), remains(PLAYED, A, B, gone)))
                .containsExactly("ticket-c: ended for want of a socket, and its player had one");
        assertThat(check(history(ANN, BOB, cem, opened, lost, late, absent), remains(PLAYED, A, B, gone)))
                .isEmpty();
        assertThat(check(history(ANN, BOB, cem, absent), remains(PLAYED, A, B, gone)))
                .isEmpty();
    }

    @Test
    void aResultThatIsNotInMysqlIsFound() {
        Remains remains = new Remains(byId(A, B), Map.of("m1", PLAYED), Map.of(), 2, List.of(), Map.of());
        assertThat(check(history(ANN, BOB), remains)).containsExactly("m1: it is ENDED, and in MySQL null");
    }

    @Test
    void aResultThatWasCountedTwiceIsFound() {
        Remains remains = new Remains(byId(A, B), Map.of("m1", PLAYED), Map.of("m1", "ENDED"), 4, List.of(), Map.of());
        assertThat(check(history(ANN, BOB), remains))
                .containsExactly(": players played 2 times, and MySQL has counted 4");
    }

    @Test
    void aTicketThatNobodyWasToldOfIsFound() {
        assertThat(check(history(ANN), remains(PLAYED, A, B)))
                .containsExactly("ticket-b: it is in Redis, and no client was told that it was accepted");
    }

    @Test
    void whoWaitsInVainIsFound() {
        Told stuck = new Told.Stuck(NOON, "ann", "ticket-a", "after 150 s the ticket is MATCHED");
        assertThat(check(history(ANN, BOB, stuck), remains(PLAYED, A, B)))
                .containsExactly("ticket-a: after 150 s the ticket is MATCHED");
    }

    @Test
    void aMatchThatNeverEndedIsFound() {
        StoredMatch match = new StoredMatch(
                "m1",
                "duel",
                "READY",
                null,
                "server-of-m1",
                NOON.toEpochMilli() + "-0",
                7,
                NOON,
                null,
                PLAYED.players());
        assertThat(check(history(ANN, BOB), remains(match, A, B))).contains("m1: never ended: READY");
    }

    @Test
    void aServerThatNobodyHeardIsFound() {
        Told unheard = new Told.InSwarm(NOON, "Unheard", "m1", "server-of-m1");
        assertThat(check(history(ANN, BOB, unheard), remains(PLAYED, A, B)))
                .containsExactly("m1: what its server said was not heard");
    }

    @Test
    void whatIsLeftBehindIsFound() {
        Remains remains = new Remains(
                byId(A, B), Map.of("m1", PLAYED), Map.of("m1", "ENDED"), 2, List.of("1 matches in live"), Map.of());
        assertThat(check(history(ANN, BOB), remains)).containsExactly(": left behind: 1 matches in live");
    }

    @Test
    void whatRedisMayForgetIsNoViolationIfTheClientIsTold() {
        List<Told> history = history(
                ANN,
                BOB,
                accepted("cem", "ticket-c"),
                new Told.Broken(NOON.plusSeconds(1), 1, Fault.KILL_REDIS, "redis"),
                new Told.TicketUnknown(NOON.plusSeconds(3), "cem", "ticket-c"));
        Checker.Findings everysec = Checker.check(history, remains(PLAYED, A, B), Loss.of(history), GRACE);
        assertThat(everysec.violations()).isEmpty();
        assertThat(everysec.lost()).isEqualTo(1);
        assertThat(check(history, remains(PLAYED, A, B))).containsExactly("ticket-c: accepted, and gone");
    }

    @Test
    void whatRedisHadLongOnTheDiskIsNotForgotten() {
        List<Told> history = history(
                ANN,
                BOB,
                accepted("cem", "ticket-c"),
                new Told.Broken(NOON.plusSeconds(5), 1, Fault.KILL_REDIS, "redis"),
                new Told.TicketUnknown(NOON.plusSeconds(6), "cem", "ticket-c"));
        assertThat(Checker.check(history, remains(PLAYED, A, B), Loss.of(history), GRACE)
                        .violations())
                .hasSize(1);
    }

    @Test
    void whatAPrimaryMayForgetIsNoViolationIfTheClientIsTold() {
        List<Told> history = history(
                ANN,
                BOB,
                accepted("cem", "ticket-c"),
                killed(1),
                new Told.TicketUnknown(NOON.plusSeconds(7), "cem", "ticket-c"));
        assertThat(lossy(history, remains(PLAYED, A, B))).isEmpty();
    }

    @Test
    void whatAReplicaHadHeardLongBeforeIsNotForgotten() {
        List<Told> history = history(
                ANN,
                BOB,
                accepted("cem", "ticket-c"),
                killed(2),
                new Told.TicketUnknown(NOON.plusSeconds(7), "cem", "ticket-c"));
        assertThat(lossy(history, remains(PLAYED, A, B))).containsExactly("ticket-c: accepted, and gone");
    }

    @Test
    void allThatAPrimaryAnswersWhileItIsCutOffMayBeForgotten() {
        Told cutOff = new Told.Broken(NOON.minusSeconds(5), 1, Fault.LOSE_PRIMARY, "the replica of redis-1");
        Told killed = new Told.Broken(NOON.plusSeconds(5), 1, Fault.LOSE_PRIMARY, "redis-1");
        Told unknown = new Told.TicketUnknown(NOON.plusSeconds(9), "cem", "ticket-c");
        assertThat(lossy(
                        history(ANN, BOB, cutOff, accepted("cem", "ticket-c"), killed, unknown), remains(PLAYED, A, B)))
                .isEmpty();
    }

    @Test
    void whoWasNotToldThatAPrimaryForgotTheTicketIsFound() {
        List<Told> history = history(ANN, BOB, accepted("cem", "ticket-c"), killed(1));
        assertThat(lossy(history, remains(PLAYED, A, B)))
                .containsExactly("ticket-c: accepted, and gone; its client was not told so");
    }

    @Test
    void aTokenThatAPrimaryForgotIsNoViolation() {
        Told forgotten = new Told.Fence(NOON.minusMillis(100), "duel", NOON.toEpochMilli() - 100, 8);
        assertThat(lossy(history(ANN, BOB, forgotten, killed(0)), remains(PLAYED, A, B)))
                .isEmpty();
        assertThat(lossy(history(ANN, BOB, forgotten, killed(3)), remains(PLAYED, A, B)))
                .hasSize(1);
    }

    @Test
    void aCancellationThatAPrimaryForgotMayBringItsPlayerIntoASecondMatch() {
        StoredMatch again = match("m0", "ENDED", null, -5, 5, Map.of("ticket-c", "ann"));
        StoredTicket waitedAgain = new StoredTicket("ticket-c", "MATCHED", "m0", null);
        List<Told> history = history(
                accepted("ann", "ticket-c"), told("ann", "ticket-c", "CANCELLED", null, -20), ANN, BOB, killed(-20));
        assertThat(lossy(history, remains(List.of(PLAYED, again), A, B, waitedAgain)))
                .isEmpty();
        history.set(4, killed(-15));
        assertThat(lossy(history, remains(List.of(PLAYED, again), A, B, waitedAgain)))
                .hasSize(2);
    }

    @Test
    void aPlaceThatIsLeftBehindIsFoundUnlessAPrimaryForgotThatItWasGivenBack() {
        Remains remains = new Remains(
                byId(A, B), Map.of("m1", PLAYED), Map.of("m1", "ENDED"), 2, List.of(), Map.of("ann's", "ticket-a"));
        // The match ended at 10.
        assertThat(lossy(history(ANN, BOB, killed(10)), remains)).isEmpty();
        assertThat(lossy(history(ANN, BOB, killed(30)), remains))
                .containsExactly("ticket-a: left behind: the claim ann's");
    }

    @Test
    void whoWasSentToAServerThatDoesNotLetThePlayerInIsFound() {
        Told sent = new Told.SentTo(NOON, "dan", "m1", "server-of-m1");
        assertThat(check(history(ANN, BOB, sent), remains(PLAYED, A, B)))
                .containsExactly("dan: was sent to server-of-m1, which lets in others, for match m1");
    }

    @Test
    void whoWasSentToAServerBeforeItHadAgreedIsFound() {
        Told sent = new Told.SentTo(NOON, "dan", "m1", "server-of-m1");
        Told agreed = new Told.Plays(NOON.plusMillis(1), "m1", "server-of-m1", List.of("ann", "bob", "dan"));
        assertThat(check(history(ANN, BOB, sent, agreed), remains(PLAYED, A, B)))
                .containsExactly("dan: was sent to server-of-m1, which lets in others, for match m1");
    }

    @Test
    void whoPlaysAndWasRefusedIsFound() {
        StoredMatch match = match("m1", "ENDED", null, 0, 10, Map.of("ticket-a", "ann", "ticket-d", "dan"));
        StoredTicket dans = new StoredTicket("ticket-d", "MATCHED", "m1", null);
        assertThat(check(history(ANN, accepted("dan", "ticket-d")), remains(match, A, dans)))
                .containsExactly("dan: plays match m1, whose server does not know it");
    }

    @Test
    void whoJoinsAMatchThatRunsMayHavePlayedAnotherSinceItBegan() {
        StoredMatch other = match("m2", "ENDED", null, -5, 5, Map.of("ticket-a", "ann"));
        StoredMatch joined = match("m1", "ENDED", null, 0, 10, Map.of("ticket-c", "ann", "ticket-b", "bob"));
        StoredTicket first = new StoredTicket("ticket-a", "MATCHED", "m2", NOON.minusSeconds(5));
        List<Told> history = history(ANN, BOB, accepted("ann", "ticket-c"));

        assertThat(check(history, remains(List.of(other, joined), first, B, late(6))))
                .isEmpty();
        assertThat(check(history, remains(List.of(other, joined), first, B, late(4))))
                .anyMatch(what -> what.startsWith("ann: in two live matches: m2"));
    }

    private static StoredTicket late(int second) {
        return new StoredTicket("ticket-c", "MATCHED", "m1", NOON.plusSeconds(second));
    }

    static Told killed(int second) {
        return new Told.Broken(NOON.plusSeconds(second), 1, Fault.KILL_PRIMARY, "redis-1");
    }

    static List<String> lossy(List<Told> history, Remains remains) {
        return Checker.check(history, remains, Loss.of(history), GRACE).violations().stream()
                .map(violation -> violation.id() + ": " + violation.what())
                .toList();
    }

    private static List<String> check(List<Told> history, Remains remains) {
        return Checker.check(history, remains, Loss.none(), GRACE).violations().stream()
                .map(violation -> violation.id() + ": " + violation.what())
                .toList();
    }

    /** Their servers let them in. */
    static List<Told> history(Told... told) {
        List<Told> history = new ArrayList<>(Arrays.asList(told));
        for (String server : List.of("server-of-m0", "server-of-m1", "server-of-m2", "another")) {
            history.add(new Told.Plays(NOON.minusSeconds(60), "any", server, List.of("ann", "bob", "cem")));
        }
        return history;
    }

    private static Told accepted(String playerId, String ticketId) {
        return new Told.Accepted(NOON, playerId, ticketId);
    }

    private static Told told(String playerId, String ticketId, String state, @Nullable String matchId, int second) {
        return new Told.TicketIs(NOON.plusSeconds(second), playerId, ticketId, state, matchId);
    }

    private static StoredMatch match(
            String id, String state, @Nullable String reason, int from, int to, Map<String, String> players) {
        return new StoredMatch(
                id,
                "duel",
                state,
                reason,
                "server-of-" + id,
                NOON.plusSeconds(from).toEpochMilli() + "-0",
                7,
                NOON.plusSeconds(from),
                NOON.plusSeconds(to),
                players.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))));
    }

    static Map<String, StoredTicket> byId(StoredTicket... tickets) {
        return Arrays.stream(tickets).collect(Collectors.toMap(StoredTicket::ticketId, ticket -> ticket));
    }

    private static Remains remains(StoredMatch match, StoredTicket... tickets) {
        return remains(List.of(match), tickets);
    }

    private static Remains remains(List<StoredMatch> matches, StoredTicket... tickets) {
        long counted = matches.stream()
                .filter(match -> match.state().equals("ENDED"))
                .mapToLong(match -> match.players().size())
                .sum();
        return new Remains(
                byId(tickets),
                matches.stream().collect(Collectors.toMap(StoredMatch::matchId, match -> match)),
                matches.stream().collect(Collectors.toMap(StoredMatch::matchId, StoredMatch::state)),
                counted,
                List.of(),
                Map.of());
    }
}

package dev.paddock.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.bench.InsideManager;
import dev.paddock.manager.ticket.CancelResult;
import dev.paddock.manager.ticket.QueueResult;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.manager.ticket.Tickets;
import dev.paddock.manager.ticket.Wish;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.match.Loadout;
import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Mode;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedQueueIT {
    private static final int PAIRS = 20;
    private static final RandomGenerator RANDOM = new SecureRandom();

    /** Windows that never widen: who meets whom does not hang on a millisecond. */
    private static final Mode DUEL = new Mode(
            "duel",
            new MatchingRules(new Teams(2, 1), new Window(50, 0, 50), new Window(60, 10, 250), Duration.ofMinutes(5)),
            new MatchLimits(Duration.ofSeconds(10), 3, Duration.ofSeconds(30), Duration.ofMinutes(5)));

    @TempDir
    Path folder;

    @Test
    void aRecordedQueueIsReplayedAsItWas() throws IOException {
        try (InsideManager manager =
                InsideManager.startWith(Map.of("paddock.recorder.folder", folder.toString()), DUEL)) {
            Tickets tickets = manager.tickets();
            List<Ticket> pairs = new ArrayList<>();
            for (int i = 0; i < PAIRS; i++) {
                pairs.add(queue(tickets, 1000 + 100 * i));
                pairs.add(queue(tickets, 1020 + 100 * i));
            }
            queue(tickets, 100);
            Ticket cancelled = queue(tickets, 200);
            for (Ticket ticket : pairs) {
                await().untilAsserted(() -> assertThat(tickets.find("duel", ticket.ticketId())
                                .orElseThrow()
                                .state())
                        .isEqualTo(TicketState.MATCHED));
            }
            assertThat(tickets.cancel(cancelled.players().getFirst().playerId(), cancelled.ticketId()))
                    .isInstanceOf(CancelResult.Cancelled.class);
            await().untilAsserted(() -> assertThat(Files.readString(recorded())).contains("\"Left\""));
        }

        Recording recording = Recording.open(recorded());
        Watch happened = new Watch();
        Replay.run(recording, null, happened.over(AsRecorded::new), null);
        Watch replayed = new Watch();
        Summary summary = Replay.run(recording, null, replayed.over(ManagersMatcher::new), null)
                .summary();

        assertThat(happened.met()).hasSize(PAIRS);
        assertThat(replayed.met()).isEqualTo(happened.met());
        assertThat(summary.json())
                .containsEntry(Figure.TICKETS.jsonName(), 2L * PAIRS + 2)
                .containsEntry(Figure.LEFT.jsonName(), 1L)
                .containsEntry(Figure.WAITING.jsonName(), 1L);
    }

    private Path recorded() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    private static Ticket queue(Tickets tickets, double rating) {
        TicketPlayer player = new TicketPlayer(
                Id.next(RANDOM), "Ada", rating, Map.of("eu", 20), new Loadout("car", List.of(), Map.of()));
        QueueResult result = tickets.queue(Wish.of(Id.next(RANDOM), DUEL, player));
        assertThat(result).isInstanceOf(QueueResult.Queued.class);
        return ((QueueResult.Queued) result).ticket();
    }
}

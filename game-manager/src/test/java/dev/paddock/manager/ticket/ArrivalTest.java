package dev.paddock.manager.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.manager.mode.TestModes;
import dev.paddock.manager.redis.StreamEntry;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.mode.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrivalTest {
    private static final Mode DUEL = TestModes.duel("duel");
    private static final List<Ticket> TICKETS = List.of(ticket("a"), ticket("b"), ticket("c"));

    @ParameterizedTest
    @CsvSource({"'', a b c, 4", "1, a c, 5", "0 2, b, 6", "0 1, c, 6"})
    void whoWasNotLetInIsNoneOfThoseWhoCame(String without, String queued, long after) {
        Arrival arrival = Arrival.of(
                new StreamEntry("7-0", Map.of("event", "queued", "tickets", Json.text(TICKETS), "without", without)));

        assertThat(arrival.queued()).extracting(Ticket::ticketId).containsExactly(queued.split(" ", -1));
        assertThat(arrival.seq()).isEqualTo(7);
        assertThat(arrival.after()).isEqualTo(after);
    }

    @Test
    void aTicketThatCameBackIsKnownAsOne() {
        Ticket ticket = ticket("a");
        Map<String, String> entry =
                Map.of("event", "queued", "ticketId", "a", "ticket", Json.text(ticket), "returned", "true");

        assertThat(Arrival.of(new StreamEntry("7-0", entry)).queued()).containsExactly(ticket.waitingAgain());
    }

    private static Ticket ticket(String id) {
        Wish wish = TestTickets.wish(id, "player-" + id, DUEL, 1500);
        return Ticket.waiting(id, "duel", Instant.parse("2026-03-01T12:00:00Z"), wish.players(), wish.attributes());
    }
}

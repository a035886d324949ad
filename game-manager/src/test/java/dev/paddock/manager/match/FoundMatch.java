package dev.paddock.manager.match;

import static dev.paddock.manager.FakeDirector.limits;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.manager.FakeDirector;
import dev.paddock.manager.TestApi.Player;
import dev.paddock.manager.TestSocket;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ann and Bob, who were brought together in a mode of their own that asks its players, and have heard of it: Ann on one
 * replica, Bob on the other.
 */
record FoundMatch(
        TwoManagers managers,
        FakeDirector director,
        String matchId,
        Player ann,
        TestSocket anns,
        Ticket annsTicket,
        Player bob,
        TestSocket bobs,
        Ticket bobsTicket) {
    static FoundMatch on(TwoManagers managers, Duration acceptWithin) {
        FakeDirector director = director(managers, 1, acceptWithin);
        Player ann = managers.a().api().newPlayer();
        Player bob = managers.a().api().newPlayer();
        TestSocket anns = managers.socket(managers.a(), ann);
        TestSocket bobs = managers.socket(managers.b(), bob);
        anns.next("Welcome");
        bobs.next("Welcome");
        Ticket annsTicket = MatchFixture.queue(managers.a(), ann, director);
        Ticket bobsTicket = MatchFixture.queue(managers.b(), bob, director);
        JsonNode toAnn = anns.next("MatchFound");
        JsonNode toBob = bobs.next("MatchFound");
        assertThat(toAnn.path("matchId").asText())
                .isEqualTo(toBob.path("matchId").asText());
        assertThat(toAnn.path("accepted").asInt()).isZero();
        return new FoundMatch(
                managers, director, toAnn.path("matchId").asText(), ann, anns, annsTicket, bob, bobs, bobsTicket);
    }

    /** Of a mode with two teams of this size, whose players are asked; closed with the test. */
    static FakeDirector director(TwoManagers managers, int size, Duration acceptWithin) {
        MatchingRules rules = new MatchingRules(
                new Teams(2, size),
                new Window(100, 10, 500),
                new Window(100, 10, 500),
                Duration.ofMinutes(5),
                List.of(),
                List.of(),
                acceptWithin,
                false,
                null);
        return managers.opened(MatchFixture.known(
                new FakeDirector(managers.platform().nats(), limits(Duration.ofSeconds(20), 3), rules),
                managers.a(),
                managers.b()));
    }

    StoredMatch stored() {
        return managers.stored(director.mode().name(), matchId);
    }

    /** When it is looked at next, ms; null: nothing is left to look at. */
    @Nullable
    Double live() {
        return managers.redis().commands().zscore(new QueueKeys(director.mode().name()).live(), matchId);
    }
}

package dev.paddock.manager.ticket;

import dev.paddock.manager.account.Caller;
import dev.paddock.manager.mode.Preferences;
import dev.paddock.manager.mode.Regions;
import dev.paddock.manager.party.Parties;
import dev.paddock.manager.party.Party;
import dev.paddock.manager.party.Party.Member;
import dev.paddock.manager.problem.Checks;
import dev.paddock.manager.problem.FieldError;
import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import dev.paddock.manager.ticket.Claims.Taking;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.mode.Mode;
import dev.paddock.protocol.mode.Role;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Queues a party as one ticket. Every member's place is taken, each in its own slot, always in the order of their ids;
 * the first that cannot be had ends it, and all places that were taken are given back:
 *
 * <pre>
 * party ─▶ checked ─▶ profiles, loadouts ─▶ claim, claim, … ─▶ enqueue ─▶ still the same members? ─▶ queued
 *                                              └ held ─▶ give all back     └ no ─▶ cancel
 * </pre>
 *
 * What a crash between leaves is what it leaves of one player's ticket: claims without a ticket, which are taken over, and
 * which the {@link Sweeper} repairs. Keys: {@link QueueKeys}.
 */
@Singleton
final class PartyQueueing {
    /** Reason of a ticket whose party is not what it was. */
    static final String PARTY_CHANGED = "party-changed";

    private static final int TRIES = 3;

    private final Parties parties;
    private final Regions regions;
    private final TicketPlayers players;
    private final Claims claims;
    private final Tickets tickets;

    PartyQueueing(Parties parties, Regions regions, TicketPlayers players, Claims claims, Tickets tickets) {
        this.parties = parties;
        this.regions = regions;
        this.players = players;
        this.claims = claims;
        this.tickets = tickets;
    }

    @EventListener
    void start(StartupEvent event) {
        parties.onLeft(this::left);
    }

    /** @param said by the leader, for himself; what is not said counts as it was said to the party */
    QueueResult queue(Caller caller, String code, Mode mode, Preferences said, String ticketId) {
        Party party = parties.find(code)
                .filter(found -> found.member(caller.playerId()).isPresent())
                .orElseThrow(() ->
                        new ProblemException(ProblemType.NOT_FOUND, "You are in no such party, or there is none."));
        if (!party.leader().equals(caller.playerId())) {
            throw new ProblemException(ProblemType.FORBIDDEN, "The leader queues for the party.");
        }
        int places = mode.matching().teams().size();
        new Checks()
                .that(
                        party.members().size() <= places,
                        "partyCode",
                        "the party has " + party.members().size() + " members, and a team of mode " + mode.name()
                                + " has " + places)
                .done();
        Optional<Ticket> before = tickets.find(mode.name(), ticketId);
        if (before.isPresent()) {
            return new QueueResult.SaidBefore(before.get());
        }
        List<Member> members = party.members().stream()
                .map(member -> member.playerId().equals(party.leader()) ? with(member, said) : member)
                .sorted(Comparator.comparing(
                        (Member member) -> !member.playerId().equals(party.leader())))
                .toList();
        checkEqual(members, mode);
        QueueResult result = queue(wish(ticketId, mode, members));
        return result instanceof QueueResult.Queued(Ticket ticket) ? stillTogether(code, ticket) : result;
    }

    /** Takes all places, or none. */
    QueueResult queue(Wish wish) {
        List<TicketPlayer> inOrder = wish.players().stream()
                .sorted(Comparator.comparing(TicketPlayer::playerId))
                .toList();
        List<String> taken = new ArrayList<>();
        Instant first = null;
        QueueResult refused = null;
        try {
            for (TicketPlayer player : inOrder) {
                Place place = take(player, wish);
                refused = place.refused();
                if (refused != null) {
                    break;
                }
                taken.add(player.playerId());
                first = first == null || place.at().isBefore(first) ? place.at() : first;
            }
        } catch (RuntimeException e) {
            giveBack(taken, wish.ticketId());
            lookLater(wish);
            throw e;
        }
        if (refused != null || first == null) {
            giveBack(taken, wish.ticketId());
            return Objects.requireNonNull(refused);
        }
        try {
            return tickets.enqueue(wish, first);
        } catch (RuntimeException e) {
            lookLater(wish);
            throw e;
        }
    }

    private void lookLater(Wish wish) {
        List<String> playerIds =
                wish.players().stream().map(TicketPlayer::playerId).toList();
        tickets.lookLater(playerIds, wish.mode().name(), wish.ticketId());
    }

    /** A place that was taken, or why it cannot be. */
    private record Place(Instant at, @Nullable QueueResult refused) {}

    private Place take(TicketPlayer player, Wish wish) {
        Claim over = null;
        Instant at = Instant.EPOCH;
        for (int tries = 0; tries < TRIES; tries++) {
            switch (claims.take(player.playerId(), wish.mode(), wish.ticketId(), over)) {
                case Taking.Taken(Instant when) -> {
                    return new Place(when, null);
                }
                case Taking.Held held -> {
                    at = held.at();
                    QueueResult why = tickets.judge(held);
                    if (why != null) {
                        return new Place(at, refusal(player, wish, why));
                    }
                    over = held.by();
                }
            }
        }
        return new Place(
                at,
                refusal(
                        player,
                        wish,
                        new QueueResult.AlreadyQueued("", wish.mode().name())));
    }

    private static QueueResult refusal(TicketPlayer player, Wish wish, QueueResult why) {
        boolean plays = why instanceof QueueResult.AlreadyInMatch;
        return player.playerId().equals(wish.playerId())
                ? why
                : new QueueResult.MemberBusy(player.playerId(), player.name(), plays);
    }

    private void giveBack(List<String> playerIds, String ticketId) {
        playerIds.forEach(playerId -> claims.release(playerId, ticketId));
    }

    /** Who left while the party was being queued found no ticket to cancel. */
    private QueueResult stillTogether(String code, Ticket ticket) {
        if (parties.find(code).filter(party -> hasAll(party, ticket)).isPresent()) {
            return new QueueResult.Queued(ticket);
        }
        tickets.cancel(ticket, PARTY_CHANGED);
        throw new ProblemException(ProblemType.PARTY_CHANGED, "Somebody left meanwhile; nothing is queued.");
    }

    private static boolean hasAll(Party party, Ticket ticket) {
        return ticket.players().stream()
                .allMatch(player -> party.member(player.playerId()).isPresent());
    }

    /** The ticket may be of another party, which the player is in now. */
    private void left(String playerId) {
        tickets.currentOf(playerId)
                .filter(ticket -> ticket.state() == TicketState.WAITING
                        && ticket.players().size() > 1)
                .filter(ticket -> parties.of(playerId)
                        .filter(party -> hasAll(party, ticket))
                        .isEmpty())
                .ifPresent(ticket -> tickets.cancel(ticket, PARTY_CHANGED));
    }

    private Member with(Member leader, Preferences said) {
        return new Member(
                leader.playerId(),
                leader.name(),
                said.latencies() == null ? leader.latencies() : said.knownLatencies(regions),
                said.attributes() == null ? leader.attributes() : said.knownAttributes(),
                said.roles() == null ? leader.roles() : said.knownRoles());
    }

    /** The ticket counts as the leader's attributes say, so all members must be alike in what the mode compares. */
    private static void checkEqual(List<Member> members, Mode mode) {
        Map<String, String> leaders = members.getFirst().attributes();
        List<FieldError> differ = new ArrayList<>();
        for (String name : mode.matching().equal()) {
            for (Member member : members) {
                if (!Objects.equals(member.attributes().get(name), leaders.get(name))) {
                    differ.add(new FieldError(
                            "members." + member.playerId() + ".attributes." + name,
                            member.name() + " differs from the leader"));
                }
            }
        }
        if (!differ.isEmpty()) {
            throw new ProblemException(
                    ProblemType.PARTY_DIFFERS, differ.getFirst().message() + " in what must be equal.", differ);
        }
    }

    private Wish wish(String ticketId, Mode mode, List<Member> members) {
        List<String> roles = mode.matching().roles().stream().map(Role::name).toList();
        List<Supplier<TicketPlayer>> fetched = members.stream()
                .map(member -> players.fetch(
                        member.playerId(),
                        member.name(),
                        member.latencies(),
                        // Said for whatever the party plays: some may be of other modes.
                        member.roles().stream().filter(roles::contains).toList()))
                .toList();
        return new Wish(
                ticketId,
                mode,
                fetched.stream().map(Supplier::get).toList(),
                members.getFirst().attributes());
    }
}

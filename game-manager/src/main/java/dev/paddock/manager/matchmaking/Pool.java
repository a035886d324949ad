package dev.paddock.manager.matchmaking;

import dev.paddock.manager.matchmaking.Proposals.Proposal;
import dev.paddock.manager.matchmaking.Proposals.Seating;
import dev.paddock.manager.matchmaking.Whereabouts.Spot;
import dev.paddock.manager.ticket.SeatOffer;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.mode.MatchingRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tickets of one mode that wait, and who of them can play together: the same tickets, added in any order, rules, regions
 * and times give the same matches. Not for two threads.
 *
 * <pre>
 * Pool ─┬─ Circle: tickets that agree in all attributes that must be equal
 *       │    ├─ Crowd     their numbers, in columns
 *       │    ├─ Ladder    by region (and kind): those who can play there now, by rating
 *       │    ├─ Alarms    when the window of whom reaches somebody
 *       │    ├─ OpenSeats those of running matches, filled first
 *       │    └─ Pairs     one against one, exactly       or    Groups     any teams, a bounded search
 *       │                                                        └─ Lineup, Cast, Supply: teams and their roles
 *       └─ Circle ...
 * </pre>
 *
 * <ul>
 *   <li>Two fit if the difference of their ratings lies in the rank windows of <em>both</em>, as they are now; if they
 *       agree in the attributes that must be equal; if neither avoids the other.
 *   <li>A player can play in a region whose latency lies in the player's latency window, as it is now. A ticket without
 *       latencies can play everywhere, at the window's start.
 *   <li>Those who came back choose first, then the oldest.
 *   <li>The match is where the player who is worst off is best off, of the regions in which all can play.
 * </ul>
 *
 * With n waiting: {@link #add} and {@link #remove} are O(log n). {@link #match} costs O(log n) for each ticket that is new or
 * due, and nothing when there is none; nobody else is looked at. What it proposes has left the pool; whatever of that cannot
 * be had is {@link #add added} again.
 */
public final class Pool {
    private static final Comparator<List<@Nullable String>> BY_ATTRIBUTES = Comparator.comparing(List::toString);

    private final MatchingRules rules;
    private final List<String> regions;
    private final Whereabouts whereabouts = new Whereabouts();

    /** By match: where its free seats are offered. */
    private final Map<String, Circle> offering = new HashMap<>();

    private final Map<List<@Nullable String>, Circle> circles = new HashMap<>();

    /** Circles with somebody new. */
    private final Set<Circle> changed = new LinkedHashSet<>();

    /** Circles by their next moment, each at most once. */
    private final TreeSet<Due> due = new TreeSet<>(
            Comparator.comparing(Due::at).thenComparingInt(due -> due.circle().number()));

    private final Map<Circle, Due> dueOf = new HashMap<>();
    private int circleCount;
    private int size;

    public Pool(MatchingRules rules, Collection<String> regions) {
        this.rules = rules;
        this.regions = regions.stream().sorted().toList();
    }

    private record Due(Instant at, Circle circle) {}

    /** Takes in a ticket that waits; one with the same id is replaced. */
    public void add(Ticket ticket) {
        Circle circle = circle(ticket);
        Spot before = whereabouts.put(ticket.ticketId(), circle, circle.add(ticket));
        size++;
        changed.add(circle);
        if (before != null) {
            leave(before);
        }
    }

    /** @return the ticket that was there */
    public Optional<Ticket> remove(String ticketId) {
        Spot spot = whereabouts.remove(ticketId);
        if (spot == null) {
            return Optional.empty();
        }
        Ticket ticket = spot.ticket();
        leave(spot);
        return Optional.of(ticket);
    }

    private void leave(Spot spot) {
        spot.circle().remove(spot.place());
        size--;
        if (spot.circle().isEmpty()) {
            circles.remove(spot.circle().attributes());
        }
    }

    /** Takes in the free seats of a running match, in place of those that it offered before. */
    public void offer(SeatOffer offer) {
        shut(offer.matchId());
        Circle circle = circle(offer.tickets().getFirst());
        circle.seats().add(offer);
        offering.put(offer.matchId(), circle);
        changed.add(circle);
    }

    /** A match offers nothing any more. */
    public void shut(String matchId) {
        Circle circle = offering.remove(matchId);
        if (circle == null) {
            return;
        }
        circle.seats().remove(matchId);
        if (circle.isEmpty()) {
            circles.remove(circle.attributes());
        }
    }

    /** All free seats that are offered. */
    public List<SeatOffer> offers() {
        return offering.entrySet().stream()
                .map(entry -> entry.getValue().seats().find(entry.getKey()))
                .flatMap(Optional::stream)
                .toList();
    }

    public Optional<Ticket> find(String ticketId) {
        return Optional.ofNullable(whereabouts.find(ticketId)).map(Spot::ticket);
    }

    /** All that wait, in no order that means anything. */
    public Collection<Ticket> tickets() {
        List<Ticket> all = new ArrayList<>(size);
        circles.values().forEach(circle -> circle.crowd().addTo(all));
        return all;
    }

    public int size() {
        return size;
    }

    /** Who can join a match that runs, and then who can play together, now. They leave the pool, and so do the offers. */
    public Proposals match(Instant now) {
        List<Proposal> found = new ArrayList<>();
        List<Seating> seated = new ArrayList<>();
        for (Circle circle : toPass(now)) {
            size -= circle.size();
            int before = seated.size();
            circle.pass(now, found, seated);
            size += circle.size();
            seated.subList(before, seated.size())
                    .forEach(seating -> offering.remove(seating.offer().matchId()));
            if (circle.isEmpty()) {
                circles.remove(circle.attributes());
            }
            schedule(circle, now);
        }
        whereabouts.tidy(circles.values(), size);
        return new Proposals(found, seated, nextMoment(now));
    }

    /** The whole queue, for {@link Inspection#numbers}. */
    Glimpse glimpse() {
        return glimpse(QueueNumbers.MOST_WAITED, Long.MIN_VALUE);
    }

    /** What stands around a ticket, for {@link Inspection#why}. */
    Glimpse glimpse(Ticket ticket) {
        return glimpse(Reasons.MOST_LOOKED_AT, Crowd.turn(ticket));
    }

    private Glimpse glimpse(int most, long turn) {
        Glimpse glimpse = new Glimpse(size(), most);
        circles.values().stream()
                .sorted(Comparator.comparing(Circle::attributes, BY_ATTRIBUTES))
                .forEach(circle -> circle.crowd().show(glimpse, turn));
        return glimpse;
    }

    private List<Circle> toPass(Instant now) {
        if (regions.isEmpty()) {
            return List.of();
        }
        while (!due.isEmpty() && !due.first().at().isAfter(now)) {
            changed.add(due.pollFirst().circle());
        }
        List<Circle> toPass = new ArrayList<>(changed.size());
        for (Circle circle : changed) {
            if (circle.isDue(now)) {
                toPass.add(circle);
            } else {
                // Who it was due for has left.
                schedule(circle, now);
            }
        }
        changed.clear();
        toPass.sort(Comparator.comparing(Circle::attributes, BY_ATTRIBUTES));
        return toPass;
    }

    /** The moment of the first circle, exactly. */
    private @Nullable Instant nextMoment(Instant now) {
        while (!due.isEmpty()) {
            Due first = due.first();
            schedule(first.circle(), now);
            if (!due.isEmpty() && due.first().equals(first)) {
                return first.at();
            }
        }
        return null;
    }

    private void schedule(Circle circle, Instant now) {
        Due before = dueOf.remove(circle);
        if (before != null) {
            due.remove(before);
        }
        circle.nextMoment(now).map(at -> new Due(at, circle)).ifPresent(next -> {
            due.add(next);
            dueOf.put(circle, next);
        });
    }

    private Circle circle(Ticket ticket) {
        return circles.computeIfAbsent(
                attributes(ticket), attributes -> new Circle(rules, regions, attributes, circleCount++));
    }

    private List<@Nullable String> attributes(Ticket ticket) {
        if (rules.equal().isEmpty()) {
            return List.of();
        }
        List<@Nullable String> attributes = new ArrayList<>(rules.equal().size());
        for (String name : rules.equal()) {
            attributes.add(ticket.attributes().get(name));
        }
        return attributes;
    }
}

package dev.paddock.manager.matchmaking;

import dev.paddock.manager.matchmaking.Proposals.Proposal;
import dev.paddock.manager.matchmaking.Proposals.Seating;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tickets that agree in all attributes that must be equal: nobody here ever meets anybody elsewhere.
 *
 * <pre>
 * add ──▶ news ──┐                                                   ┌─▶ matched: out
 *                ├─▶ touched ─▶ OpenSeats ─▶ enter their regions' ───┤
 * alarm is due ──┘              (some out)   ladders, and find       └─▶ left: the next alarm, when its window reaches
 *                                                                         somebody, or a seat
 * </pre>
 *
 * A pass looks at those who are new or whose alarm is due, and at whom they could meet; at nobody else, because nothing has
 * changed between the others since the pass before.
 */
final class Circle {
    /** Of tickets; the last one is shared by all that are of no other. */
    static final int MOST_KINDS = 16;

    private final MatchingRules rules;
    private final List<String> regions;
    private final List<@Nullable String> attributes;
    private final int number;
    private final Crowd crowd;
    private final Fit fit;
    private final Ladder[][] ladders;
    private final Alarms alarms = new Alarms();
    private final Places news = new Places();
    private final Places touched = new Places();
    private final Places entering = new Places();
    private final Map<Object, Integer> kinds = new HashMap<>();
    private final Finder finder;
    private final OpenSeats seats;
    private int size;

    /** By place: the last pass that has touched it. */
    private int[] marks = new int[64];

    private int pass;

    /** @param regions by name, in the order of their names */
    Circle(MatchingRules rules, List<String> regions, List<@Nullable String> attributes, int number) {
        this.rules = rules;
        this.number = number;
        this.attributes = attributes;
        this.regions = regions;
        this.crowd = new Crowd(rules, regions);
        this.fit = new Fit(crowd, rules.rank());
        boolean inPairs = rules.teams().count() == 2
                && rules.teams().size() == 1
                && rules.roles().isEmpty();
        int kindCount = inPairs ? 1 : MOST_KINDS;
        this.ladders = new Ladder[regions.size()][kindCount];
        for (int region = 0; region < ladders.length; region++) {
            for (int kind = 0; kind < kindCount; kind++) {
                ladders[region][kind] = new Ladder(crowd, region, fit.widen());
            }
        }
        this.finder = inPairs ? new Pairs(this) : new Groups(this);
        this.seats = new OpenSeats(this, regions);
    }

    /** How matches are found among those who were touched. */
    sealed interface Finder permits Pairs, Groups {
        /** Before those who are new enter their ladders. */
        void look(Places touched, long now);

        /** Takes matches out of the circle. */
        void find(Places touched, long now, List<Proposal> found);

        /** When one who was touched, and is left, must be looked at again, or {@link Window#NEVER}. */
        long nextMoment(int place, long now);

        /** Whether the alarm of a place is not out of date: what it waited for may have left. */
        boolean holds(int place, long moment);
    }

    /** What they agree in, in the order of the rules. */
    List<@Nullable String> attributes() {
        return attributes;
    }

    /** Tells it from the pool's other circles. */
    int number() {
        return number;
    }

    MatchingRules rules() {
        return rules;
    }

    Crowd crowd() {
        return crowd;
    }

    Fit fit() {
        return fit;
    }

    int regions() {
        return ladders.length;
    }

    /** One for each kind of ticket. */
    Ladder[] ladders(int region) {
        return ladders[region];
    }

    Ladder ladder(int region, int place) {
        return ladders[region][crowd.kind(place)];
    }

    boolean isIn(int region, int place) {
        return crowd.node(region, place) >= 0;
    }

    int size() {
        return size;
    }

    /** Of running matches whose players agree in the same. */
    OpenSeats seats() {
        return seats;
    }

    /** Whether nobody waits here, and nothing is offered. */
    boolean isEmpty() {
        return size == 0 && seats.isEmpty();
    }

    Alarms alarms() {
        return alarms;
    }

    /** When its waiting lets fewer start, in ms as the crowd counts, or {@link Window#NEVER}. */
    long fewerFrom(int place) {
        Duration fewerAfter = rules.teams().fewerAfter();
        return fewerAfter == null ? Window.NEVER : crowd.since(place) + fewerAfter.toMillis();
    }

    /** Whether this pass has touched it. */
    boolean isMarked(int place) {
        return marks[place] == pass;
    }

    /** @return its place */
    int add(Ticket ticket) {
        int place = crowd.add(ticket, kind(ticket));
        size++;
        if (place >= marks.length) {
            marks = Arrays.copyOf(marks, crowd.capacity());
        }
        marks[place] = 0;
        news.add(place);
        return place;
    }

    void remove(int place) {
        alarms.remove(place);
        for (int region = 0; region < ladders.length; region++) {
            if (isIn(region, place)) {
                ladder(region, place).remove(place);
            }
        }
        crowd.remove(place);
        size--;
    }

    Ticket ticket(int place) {
        return crowd.ticket(place);
    }

    /** Whether a pass at that time can find anything. */
    boolean isDue(Instant now) {
        return news.size() > 0 || seats.hasNew() || alarms.firstMoment() <= crowd.since(now);
    }

    /** Seats of matches that run are filled before anybody forms a new one. */
    void pass(Instant at, List<Proposal> found, List<Seating> seated) {
        long now = crowd.since(at);
        pass++;
        touched.clear();
        for (int i = 0; i < news.size(); i++) {
            int place = news.get(i);
            if (mayMeet(place) && mark(place)) {
                crowd.notAfter(place, now);
                touched.add(place);
            }
        }
        news.clear();
        while (alarms.firstMoment() <= now) {
            int place = alarms.first();
            alarms.remove(place);
            if (mark(place)) {
                touched.add(place);
            }
        }
        if (seats.fill(seated, touched, now)) {
            leaveOutWhoIsGone();
        }
        finder.look(touched, now);
        enter(now);
        finder.find(touched, now, found);
        for (int i = 0; i < touched.size(); i++) {
            int place = touched.get(i);
            if (crowd.isHere(place)) {
                alarms.set(place, Math.max(now + 1, nextMoment(place, now)));
            }
        }
    }

    /** When waiting alone may bring somebody together, exactly, in ms as the crowd counts; or {@link Window#NEVER}. */
    Optional<Instant> nextMoment(Instant at) {
        long now = crowd.since(at);
        while (!alarms.isEmpty()) {
            int place = alarms.first();
            long moment = alarms.firstMoment();
            if (finder.holds(place, moment)) {
                return Optional.of(crowd.instant(moment));
            }
            long again = Math.max(now + 1, nextMoment(place, now));
            if (again == moment) {
                return Optional.of(crowd.instant(moment));
            }
            alarms.set(place, again);
        }
        return Optional.empty();
    }

    /** Whether this pass has not marked it before. */
    boolean mark(int place) {
        if (marks[place] == pass) {
            return false;
        }
        marks[place] = pass;
        return true;
    }

    /** Takes tickets out as one match, where the one who is worst off is best off. */
    Proposal form(List<Places> teams) {
        int best = -1;
        double bestWorst = Double.POSITIVE_INFINITY;
        for (int region = 0; region < ladders.length; region++) {
            double worst = worstLatency(region, teams);
            // Regions are in the order of their names: the first of equals stays.
            if (worst < bestWorst) {
                best = region;
                bestWorst = worst;
            }
        }
        if (best < 0) {
            throw new IllegalStateException("chosen tickets share no region");
        }
        List<List<Ticket>> proposed = new ArrayList<>(teams.size());
        for (Places team : teams) {
            proposed.add(tickets(team));
        }
        return new Proposal(regions.get(best), proposed);
    }

    private List<Ticket> tickets(Places team) {
        Ticket[] tickets = new Ticket[team.size()];
        for (int i = 0; i < tickets.length; i++) {
            tickets[i] = crowd.ticket(team.get(i));
        }
        return List.of(tickets);
    }

    private double worstLatency(int region, List<Places> teams) {
        double worst = 0;
        for (Places team : teams) {
            for (int i = 0; i < team.size(); i++) {
                if (!isIn(region, team.get(i))) {
                    return Double.POSITIVE_INFINITY;
                }
                worst = Math.max(worst, crowd.latency(region, team.get(i)));
            }
        }
        return worst;
    }

    /** A place among the news may have been left meanwhile. For a party larger than a team there is no match: it expires. */
    private boolean mayMeet(int place) {
        return crowd.isHere(place) && crowd.size(place) <= rules.teams().size();
    }

    private void leaveOutWhoIsGone() {
        int left = 0;
        for (int i = 0; i < touched.size(); i++) {
            if (crowd.isHere(touched.get(i))) {
                touched.set(left++, touched.get(i));
            }
        }
        touched.cutTo(left);
    }

    /** From the lowest rating up: who follows then finds the nodes of a ladder still in the processor's cache. */
    private void enter(long now) {
        entering.clear();
        for (int i = 0; i < touched.size(); i++) {
            entering.add(touched.get(i));
        }
        entering.sort(crowd::ratingKey, crowd::byRating);
        for (int i = 0; i < entering.size(); i++) {
            int place = entering.get(i);
            for (int region = 0; region < ladders.length; region++) {
                if (mayEnter(region, place, now)) {
                    ladder(region, place).add(place);
                }
            }
        }
    }

    /** Whether its latency window lets it play there since it was last looked at. */
    boolean mayEnter(int region, int place, long now) {
        return !isIn(region, place) && crowd.opens(region, place) <= now;
    }

    boolean mayEnterAny(int place, long now) {
        for (int region = 0; region < ladders.length; region++) {
            if (mayEnter(region, place, now)) {
                return true;
            }
        }
        return false;
    }

    private long nextMoment(int place, long now) {
        long next = finder.nextMoment(place, now);
        if (!seats.isEmpty()) {
            next = Math.min(next, seats.nextMoment(place, now));
        }
        for (int region = 0; region < ladders.length; region++) {
            if (!isIn(region, place)) {
                next = Math.min(next, crowd.opens(region, place));
            }
        }
        return next;
    }

    /** Tickets of a kind can stand in for each other: as many players, who play the same roles. */
    private int kind(Ticket ticket) {
        if (ladders.length == 0 || ladders[0].length == 1) {
            return 0;
        }
        Object like = rules.roles().isEmpty()
                ? ticket.players().size()
                : ticket.players().stream()
                        .map(player ->
                                List.copyOf(new TreeSet<>(player.roles())).toString())
                        .sorted()
                        .toList();
        Integer known = kinds.get(like);
        if (known != null) {
            return known;
        }
        // Kinds beyond the last share it: they are found by rating alone.
        int kind = Math.min(kinds.size(), MOST_KINDS - 1);
        if (kinds.size() < MOST_KINDS * 64) {
            kinds.put(like, kind);
        }
        return kind;
    }
}

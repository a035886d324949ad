package dev.paddock.manager.matchmaking;

import dev.paddock.manager.matchmaking.Proposals.Joining;
import dev.paddock.manager.matchmaking.Proposals.Seating;
import dev.paddock.manager.ticket.SeatOffer;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The free seats of a circle's running matches, and who of those who wait gets them: the oldest match first, tickets in
 * their turn, each into the team with most room that can take it.
 *
 * <p>A match does not wait, and so has no window: the mean of its players' ratings lies in the window of the ticket. Of a
 * ticket that has been looked at nothing changes until its own moment comes, and an offer does not change: so a pass holds
 * the touched against all offers, and an offer that is new against everybody, O(touched · offers + new offers · all).
 */
final class OpenSeats {
    private final Circle circle;
    private final Crowd crowd;
    private final Fit fit;
    private final MatchingRules rules;
    private final List<String> regions;
    private final Cast cast;
    private final Map<String, Open> byMatch = new HashMap<>();
    private final TreeSet<Open> oldestFirst =
            new TreeSet<>(Comparator.comparing((Open open) -> open.offer().formedAt())
                    .thenComparing(open -> open.offer().matchId()));

    /** Matches whose offer was not held against everybody yet. */
    private final Set<String> fresh = new HashSet<>();

    private final Places candidates = new Places();
    private final Places fitting = new Places();
    private final Places chosen = new Places();

    OpenSeats(Circle circle, List<String> regions) {
        this.circle = circle;
        this.crowd = circle.crowd();
        this.fit = circle.fit();
        this.rules = circle.rules();
        this.regions = regions;
        this.cast = new Cast(rules.roles(), rules.teams().size());
    }

    /**
     * An offer, and what is asked of it often.
     *
     * @param region its number, negative if it is not known
     * @param players ids of those who play
     * @param avoided ids of those whom one of them avoids
     */
    private record Open(SeatOffer offer, int region, double rating, Set<String> players, Set<String> avoided) {}

    boolean isEmpty() {
        return byMatch.isEmpty();
    }

    /** Whether a pass must look at everybody. */
    boolean hasNew() {
        return !fresh.isEmpty();
    }

    void add(SeatOffer offer) {
        Set<String> players = new HashSet<>();
        Set<String> avoided = new HashSet<>();
        for (Ticket ticket : offer.tickets()) {
            for (TicketPlayer player : ticket.players()) {
                players.add(player.playerId());
                avoided.addAll(player.avoids());
            }
        }
        Open open = new Open(offer, regions.indexOf(offer.region()), offer.rating(), players, avoided);
        byMatch.put(offer.matchId(), open);
        oldestFirst.add(open);
        fresh.add(offer.matchId());
    }

    Optional<SeatOffer> find(String matchId) {
        return Optional.ofNullable(byMatch.get(matchId)).map(Open::offer);
    }

    void remove(String matchId) {
        Open open = byMatch.remove(matchId);
        if (open != null) {
            oldestFirst.remove(open);
            fresh.remove(matchId);
        }
    }

    /**
     * Takes tickets, and the offers that they take, out of the circle.
     *
     * @return whether it took any
     */
    boolean fill(Collection<Seating> found, Places touched, long now) {
        if (byMatch.isEmpty()) {
            return false;
        }
        int before = found.size();
        Places all = everybody();
        for (Open open : List.copyOf(oldestFirst)) {
            Seating seating = take(open, fresh.contains(open.offer().matchId()) ? all : touched, now);
            if (seating != null) {
                remove(open.offer().matchId());
                found.add(seating);
            }
        }
        wakeForFresh(all, now);
        fresh.clear();
        return found.size() > before;
    }

    /** When its windows let a ticket that was looked at now take a seat that is open now, or {@link Window#NEVER}. */
    long nextMoment(int place, long now) {
        long next = Window.NEVER;
        for (Open open : oldestFirst) {
            next = Math.min(next, momentAfter(open, place, now));
        }
        return next;
    }

    private Places everybody() {
        candidates.clear();
        if (!fresh.isEmpty()) {
            for (int place = 0; place < crowd.capacity(); place++) {
                if (crowd.isHere(place)) {
                    candidates.add(place);
                }
            }
        }
        return candidates;
    }

    private @Nullable Seating take(Open open, Places from, long now) {
        int[] room = room(open.offer());
        int left = Arrays.stream(room).map(free -> Math.max(0, free)).sum();
        List<Joining> joining = new ArrayList<>();
        chosen.clear();
        fitting.clear();
        for (int i = 0; i < from.size(); i++) {
            if (crowd.isHere(from.get(i)) && fits(open, from.get(i), now)) {
                fitting.add(from.get(i));
            }
        }
        fitting.sort(crowd::byTurn);
        for (int i = 0; i < fitting.size() && left > 0; i++) {
            int place = fitting.get(i);
            int team = teamFor(open, place, room, joining);
            if (team >= 0) {
                room[team] -= crowd.size(place);
                left -= crowd.size(place);
                chosen.add(place);
                joining.add(new Joining(crowd.ticket(place), team));
            }
        }
        for (int i = 0; i < chosen.size(); i++) {
            circle.remove(chosen.get(i));
        }
        return joining.isEmpty() ? null : new Seating(open.offer(), joining);
    }

    /** No team gets larger than the mode allows, whatever its server says. */
    private int[] room(SeatOffer offer) {
        int[] room = new int[rules.teams().count()];
        for (int team = 0; team < room.length; team++) {
            int free = team < offer.free().size() ? offer.free().get(team) : 0;
            room[team] = Math.min(free, rules.teams().size() - players(offer, team));
        }
        return room;
    }

    private static List<Ticket> team(SeatOffer offer, int team) {
        return team < offer.teams().size() ? offer.teams().get(team) : List.of();
    }

    private static int players(SeatOffer offer, int team) {
        return team(offer, team).stream()
                .mapToInt(ticket -> ticket.players().size())
                .sum();
    }

    private boolean fits(Open open, int place, long now) {
        return open.region() >= 0
                && crowd.opens(open.region(), place) <= now
                && distance(open, place) <= fit.window(place, now)
                && !avoid(open, place);
    }

    private double distance(Open open, int place) {
        return Math.abs(open.rating() - crowd.rating(place));
    }

    private boolean avoid(Open open, int place) {
        if (!crowd.isShy(place) && open.avoided().isEmpty()) {
            return false;
        }
        for (TicketPlayer player : crowd.ticket(place).players()) {
            if (open.avoided().contains(player.playerId())
                    || player.avoids().stream().anyMatch(open.players()::contains)) {
                return true;
            }
        }
        return false;
    }

    private int teamFor(Open open, int place, int[] room, List<Joining> joining) {
        for (int i = 0; i < chosen.size(); i++) {
            if (crowd.avoid(place, chosen.get(i))) {
                return -1;
            }
        }
        int best = -1;
        for (int team = 0; team < room.length; team++) {
            boolean better = best < 0 || room[team] > room[best];
            if (better
                    && room[team] >= crowd.size(place)
                    && rolesWork(open.offer(), place, team, room[team], joining)) {
                best = team;
            }
        }
        return best;
    }

    private boolean rolesWork(SeatOffer offer, int place, int team, int room, List<Joining> joining) {
        if (rules.roles().isEmpty()) {
            return true;
        }
        cast.clear();
        int players = players(offer, team);
        team(offer, team).forEach(cast::add);
        for (Joining other : joining) {
            if (other.team() == team) {
                cast.add(other.ticket());
                players += other.ticket().players().size();
            }
        }
        cast.add(crowd.ticket(place));
        return cast.works(players + room);
    }

    /** Those who do not fit a new offer yet, and would not have been looked at before they do. */
    private void wakeForFresh(Places all, long now) {
        for (int i = 0; i < all.size(); i++) {
            int place = all.get(i);
            if (!crowd.isHere(place) || crowd.size(place) > rules.teams().size()) {
                continue;
            }
            for (String matchId : fresh) {
                long moment = momentAfter(Objects.requireNonNull(byMatch.get(matchId)), place, now);
                if (moment < circle.alarms().moment(place)) {
                    circle.alarms().set(place, moment);
                }
            }
        }
    }

    /** What was possible before was tried before: only what time alone will make possible counts. */
    private long momentAfter(Open open, int place, long now) {
        if (open.region() < 0 || avoid(open, place)) {
            return Window.NEVER;
        }
        long opens = crowd.opens(open.region(), place);
        long reaches = fit.reaches(place, distance(open, place));
        long moment = Math.max(opens, reaches);
        return moment > now ? moment : Window.NEVER;
    }
}

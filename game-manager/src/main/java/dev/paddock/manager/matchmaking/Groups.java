package dev.paddock.manager.matchmaking;

import dev.paddock.manager.matchmaking.Circle.Finder;
import dev.paddock.manager.matchmaking.Proposals.Proposal;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Matches of any size, of parties and of roles, by a search that is bounded. Whoever was touched looks for a match that it
 * is in; those who came back, then the oldest, first:
 *
 * <pre>
 * for each region:   the nearest of each kind (size, roles) who fit  ─▶ enough players? enough of each role?
 *   for each team size that may start, the full one first:
 *     around each of the {@value #ANCHORS} who have waited longest among them, and around itself:
 *       take the nearest to it who fits all who are in; else those who have waited longest; else the largest parties
 *     else try and take back, as {@link Backtrack} does
 * of the regions, the largest match, of these the one with the least spread of ratings
 * </pre>
 *
 * A match that can begin now has one in it who was touched: somebody who came, or whose window has just reached another's,
 * or to whom a region has opened, or who has waited until fewer may start. When two begin to fit is in the alarm of the
 * younger, whose window is the later one to reach the other.
 *
 * <p>A look costs O(c log n + c²), c being the candidates: at most {@value #LOOKS} times the players of a match, or twice if
 * a match is large, of each kind. Alarms are at least {@value #SPACING_MS} ms apart, and in a crowd of more than a hundred so
 * far apart that there are about four looks in a millisecond.
 */
final class Groups implements Finder {
    private static final int LOOKS = 8;
    private static final int SMALL = 16;
    private static final int ANCHORS = 3;
    private static final long SPACING_MS = 25;

    /** So many neighbours on each side are told of an older one who came later, whom they could reach before others. */
    private static final int NEIGHBOURS = 32;

    private final Circle circle;
    private final Crowd crowd;
    private final Fit fit;
    private final Teams teams;
    private final Supply supply;
    private final Lineup lineup;
    private final Backtrack backtrack;
    private final int most;
    private final Places near = new Places();
    private final Places order = new Places();
    private final Places anchors = new Places();

    /** By place: those who enter a ladder in this pass, and are older than others who were there before. */
    private final BitSet late = new BitSet();

    private long newestSince = Long.MIN_VALUE;
    private double lowest;
    private double highest;
    private double reachedDown;
    private double reachedUp;

    Groups(Circle circle) {
        this.circle = circle;
        this.crowd = circle.crowd();
        this.fit = circle.fit();
        this.teams = circle.rules().teams();
        this.supply = new Supply(circle, new Cast(circle.rules().roles(), teams.size()));
        this.lineup = new Lineup(circle);
        this.backtrack = new Backtrack(circle, lineup);
        this.most = teams.players() <= SMALL ? LOOKS * teams.players() : Math.max(LOOKS * SMALL, 2 * teams.players());
    }

    @Override
    public void look(Places touched, long now) {
        touched.sort(crowd::turnKey, crowd::byTurn);
        late.clear();
        long newest = newestSince;
        for (int i = 0; i < touched.size(); i++) {
            int place = touched.get(i);
            if (crowd.since(place) < newest && circle.mayEnterAny(place, now)) {
                late.set(place);
            }
            newestSince = Math.max(newestSince, crowd.since(place));
            supply.learn(place);
        }
    }

    @Override
    public void find(Places touched, long now, List<Proposal> found) {
        for (int i = 0; i < touched.size(); i++) {
            int one = touched.get(i);
            if (!crowd.isHere(one)) {
                continue;
            }
            List<Places> match = matchFor(one, now);
            if (match != null) {
                found.add(circle.form(match));
                for (Places team : match) {
                    for (int k = 0; k < team.size(); k++) {
                        circle.remove(team.get(k));
                    }
                }
            } else if (late.get(one)) {
                tellNeighbours(one, now);
            }
        }
    }

    private @Nullable List<Places> matchFor(int one, long now) {
        Found best = null;
        for (int region = 0; region < circle.regions(); region++) {
            if (!circle.isIn(region, one) || !supply.sufficesIn(region)) {
                continue;
            }
            int players = gather(one, region, now);
            for (int size = teams.size(); size >= least(); size--) {
                boolean isWorse = best != null && size < best.size;
                if (players < size * teams.count() || isWorse || !supply.suffices(one, near)) {
                    continue;
                }
                if (choose(one, size, now) || backtrack.fill(one, near, size, now)) {
                    double spread = lineup.spread();
                    if (best == null || size > best.size || spread < best.spread) {
                        best = new Found(copy(lineup.balanced()), size, spread);
                    }
                    break;
                }
            }
        }
        return best == null ? null : best.teams;
    }

    private record Found(List<Places> teams, int size, double spread) {}

    private int least() {
        Integer least = teams.leastSize();
        return least == null ? teams.size() : least;
    }

    private static List<Places> copy(List<Places> teams) {
        List<Places> copies = new ArrayList<>(teams.size());
        teams.forEach(team -> copies.add(team.copy()));
        return copies;
    }

    /** Those near one who fit it. @return the players, its own too */
    private int gather(int one, int region, long now) {
        near.clear();
        int players = crowd.size(one);
        int kinds = 0;
        for (Ladder ladder : circle.ladders(region)) {
            if (ladder.size() > 0) {
                int before = near.size();
                gather(one, ladder, ladder == circle.ladder(region, one), now);
                kinds += near.size() > before ? 1 : 0;
            }
        }
        for (int i = 0; i < near.size(); i++) {
            players += crowd.size(near.get(i));
        }
        if (kinds > 1) {
            near.sort((left, right) -> fit.byDistance(one, left, right));
        }
        return players;
    }

    private void gather(int one, Ladder ladder, boolean isOn, long now) {
        double window = fit.window(one, now);
        double low = fit.lowAt(one, now);
        double high = fit.highAt(one, now);
        int here = isOn ? ladder.slotOf(one) : -1;
        double rating = crowd.rating(one);
        int up = isOn ? ladder.above(here, low) : ladder.from(rating, one, low);
        int down = isOn ? ladder.below(here, high) : ladder.before(rating, one, high);
        int end = near.size() + most;
        while (near.size() < end) {
            boolean hasUp = up >= 0 && fit.distance(one, ladder.at(up)) <= window;
            boolean hasDown = down >= 0 && fit.distance(one, ladder.at(down)) <= window;
            if (!hasUp && !hasDown) {
                return;
            }
            boolean takeUp = hasUp && (!hasDown || fit.byDistance(one, ladder.at(up), ladder.at(down)) < 0);
            int next = ladder.at(takeUp ? up : down);
            if (fit.fit(one, next, now)) {
                near.add(next);
            }
            if (takeUp) {
                up = ladder.above(up, low);
            } else {
                down = ladder.below(down, high);
            }
        }
    }

    /** Tries to fill teams of that size from those who are near. */
    private boolean choose(int one, int size, long now) {
        anchors.clear();
        for (int i = 0; i < ANCHORS; i++) {
            int next = -1;
            for (int k = 0; k < near.size(); k++) {
                int place = near.get(k);
                boolean isNext = next < 0 || crowd.byTurn(place, next) < 0;
                if (isNext && crowd.byTurn(place, one) < 0 && !anchors.contains(place)) {
                    next = place;
                }
            }
            if (next < 0) {
                break;
            }
            anchors.add(next);
        }
        anchors.add(one);
        for (int i = 0; i < anchors.size(); i++) {
            if (fill(one, anchors.get(i), size, now)) {
                return true;
            }
        }
        return false;
    }

    private boolean fill(int one, int anchor, int size, long now) {
        order.clear();
        boolean hasParties = false;
        for (int i = 0; i < near.size(); i++) {
            order.add(near.get(i));
            hasParties |= crowd.size(near.get(i)) > 1;
        }
        if (anchor != one) {
            order.sort((left, right) -> fit.byDistance(anchor, left, right));
        }
        if (fillInOrder(one, anchor, size, now)) {
            return true;
        }
        // A newcomer with a narrow window right beside the anchor must not keep the patient ones away.
        order.sort(crowd::turnKey, crowd::byTurn);
        if (fillInOrder(one, anchor, size, now)) {
            return true;
        }
        if (!hasParties) {
            return false;
        }
        order.sort((left, right) -> crowd.size(right) - crowd.size(left));
        return fillInOrder(one, anchor, size, now);
    }

    private boolean fillInOrder(int one, int anchor, int size, long now) {
        lineup.begin(size);
        lowest = Double.POSITIVE_INFINITY;
        highest = Double.NEGATIVE_INFINITY;
        reachedDown = Double.NEGATIVE_INFINITY;
        reachedUp = Double.POSITIVE_INFINITY;
        if (!take(anchor, now) || anchor != one && !take(one, now)) {
            return false;
        }
        for (int i = 0; i < order.size() && !lineup.isFull(); i++) {
            if (order.get(i) != anchor) {
                take(order.get(i), now);
            }
        }
        return lineup.isFull() && (size == teams.size() || someoneWaitedForFewer(now));
    }

    private boolean take(int place, long now) {
        double rating = crowd.rating(place);
        double window = fit.window(place, now);
        boolean fits =
                reachedDown <= rating && rating <= reachedUp && rating - window <= lowest && highest <= rating + window;
        if (!fits || lineup.avoidsAny(place) || !lineup.add(place)) {
            return false;
        }
        lowest = Math.min(lowest, rating);
        highest = Math.max(highest, rating);
        reachedDown = Math.max(reachedDown, rating - window);
        reachedUp = Math.min(reachedUp, rating + window);
        return true;
    }

    private boolean someoneWaitedForFewer(long now) {
        for (int i = 0; i < lineup.all().size(); i++) {
            if (circle.fewerFrom(lineup.all().get(i)) <= now) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long nextMoment(int place, long now) {
        long next = Window.NEVER;
        double window = fit.window(place, now);
        for (int region = 0; region < circle.regions(); region++) {
            for (Ladder ladder : circle.ladders(region)) {
                if (circle.isIn(region, place) && ladder.size() > 0) {
                    int up = ladder.from(crowd.rating(place) + window, Rungs.NONE, Double.POSITIVE_INFINITY);
                    int down = ladder.before(crowd.rating(place) - window, Rungs.NONE, Double.NEGATIVE_INFINITY);
                    next = Math.min(next, reaches(place, ladder, up));
                    next = Math.min(next, reaches(place, ladder, down));
                }
            }
        }
        if (next != Window.NEVER) {
            next = Math.max(next, now + spacing());
        }
        long fewer = circle.fewerFrom(place);
        return fewer > now ? Math.min(next, fewer) : next;
    }

    private long reaches(int place, Ladder ladder, int slot) {
        return slot < 0 ? Window.NEVER : fit.reaches(place, fit.distance(place, ladder.at(slot)));
    }

    private long spacing() {
        return Math.max(SPACING_MS, circle.size() / 4);
    }

    /** Each pair's moment is in the alarm of the younger one, who does not know yet of an older one that came later. */
    private void tellNeighbours(int one, long now) {
        for (int region = 0; region < circle.regions(); region++) {
            if (!circle.isIn(region, one)) {
                continue;
            }
            for (Ladder ladder : circle.ladders(region)) {
                int up = ladder.from(crowd.rating(one), Rungs.NONE, Double.POSITIVE_INFINITY);
                int down = ladder.before(crowd.rating(one), Rungs.NONE, Double.NEGATIVE_INFINITY);
                for (int i = 0; i < NEIGHBOURS; i++) {
                    if (up >= 0) {
                        tell(one, ladder.at(up), now);
                        up = ladder.above(up, Double.POSITIVE_INFINITY);
                    }
                    if (down >= 0) {
                        tell(one, ladder.at(down), now);
                        down = ladder.below(down, Double.NEGATIVE_INFINITY);
                    }
                }
            }
        }
    }

    private void tell(int one, int neighbour, long now) {
        // Who was touched looks for its next moment when the pass is over.
        if (neighbour == one || circle.isMarked(neighbour)) {
            return;
        }
        long reaches = fit.reaches(neighbour, fit.distance(one, neighbour));
        if (reaches > now && reaches < circle.alarms().moment(neighbour)) {
            circle.alarms().set(neighbour, Math.max(reaches, now + spacing()));
        }
    }

    @Override
    public boolean holds(int place, long moment) {
        return true;
    }
}

package dev.paddock.manager.matchmaking;

import dev.paddock.manager.matchmaking.Circle.Finder;
import dev.paddock.manager.matchmaking.Proposals.Proposal;
import dev.paddock.protocol.mode.Window;
import java.util.Arrays;
import java.util.List;

/**
 * One against one, exactly: the oldest chooses first and gets the nearest that fits; nobody is left who fits another who is
 * left; the next moment is that of the next two.
 *
 * <p>Between two passes no two who wait fit each other. So a match has at least one who was touched, and only the touched,
 * and those who fit one of them, can choose: {@link #look} finds these few (two that fit the same newcomer, from the same
 * side, nearly always fit each other, and would not both be here). They choose in their turn, from all who wait.
 *
 * <p>Every pair has an owner, the one of the two who was touched later. The owner's alarm is the first moment at which one
 * of its pairs fits. If the other one leaves, the alarm is early; it is put right when it comes to the top, so that the
 * moment that is told is exact.
 *
 * <p>With m touched, k who fit one of them, n who wait: O((m + k) log n), a few steps in an array of 32 for most.
 */
final class Pairs implements Finder {
    private static final int NOBODY = -1;

    private final Circle circle;
    private final Crowd crowd;
    private final Fit fit;
    private final Places choosing = new Places();
    private final List<Places> teams = List.of(new Places(), new Places());

    /** By place: with whom its alarm is. */
    private int[] partners = new int[64];

    Pairs(Circle circle) {
        this.circle = circle;
        this.crowd = circle.crowd();
        this.fit = circle.fit();
    }

    @Override
    public void look(Places touched, long now) {
        choosing.clear();
        for (int i = 0; i < touched.size(); i++) {
            choosing.add(touched.get(i));
        }
        // If most are new, all choose: to find out who does not would cost more.
        if (touched.size() > circle.size() / 2) {
            allChoose();
            return;
        }
        int most = 4 * circle.size() + 1000;
        int looks = 0;
        for (int i = 0; i < touched.size() && looks < most; i++) {
            for (int region = 0; region < circle.regions(); region++) {
                if (circle.isIn(region, touched.get(i)) || circle.mayEnter(region, touched.get(i), now)) {
                    looks += markFitting(touched.get(i), region, now);
                }
            }
        }
        if (looks >= most) {
            allChoose();
        }
    }

    private void allChoose() {
        for (int place = 0; place < crowd.capacity(); place++) {
            if (crowd.isHere(place) && circle.mark(place)) {
                choosing.add(place);
            }
        }
    }

    private int markFitting(int place, int region, long now) {
        Ladder ladder = circle.ladder(region, place);
        int here = circle.isIn(region, place) ? ladder.slotOf(place) : NOBODY;
        double rating = crowd.rating(place);
        double window = fit.window(place, now);
        double low = fit.lowAt(place, now);
        int looks = 0;
        int slot = here >= 0 ? ladder.above(here, low) : ladder.from(rating, place, low);
        while (slot >= 0 && fit.distance(place, ladder.at(slot)) <= window) {
            looks += choose(place, ladder.at(slot), now);
            slot = ladder.above(slot, low);
        }
        double high = fit.highAt(place, now);
        slot = here >= 0 ? ladder.below(here, high) : ladder.before(rating, place, high);
        while (slot >= 0 && fit.distance(place, ladder.at(slot)) <= window) {
            looks += choose(place, ladder.at(slot), now);
            slot = ladder.below(slot, high);
        }
        return looks;
    }

    private int choose(int place, int other, long now) {
        if (fit.fit(place, other, now) && circle.mark(other)) {
            choosing.add(other);
        }
        return 1;
    }

    @Override
    public void find(Places touched, long now, List<Proposal> found) {
        choosing.sort(crowd::turnKey, crowd::byTurn);
        for (int i = 0; i < choosing.size(); i++) {
            int one = choosing.get(i);
            int other = crowd.isHere(one) ? nearest(one, now) : NOBODY;
            if (other != NOBODY) {
                found.add(form(one, other));
            }
        }
    }

    private Proposal form(int one, int other) {
        // The stronger is the first team's.
        boolean stronger = crowd.byRating(one, other) > 0;
        teams.get(0).clear();
        teams.get(1).clear();
        teams.get(0).add(stronger ? one : other);
        teams.get(1).add(stronger ? other : one);
        Proposal proposal = circle.form(teams);
        circle.remove(one);
        circle.remove(other);
        return proposal;
    }

    private int nearest(int one, long now) {
        int best = NOBODY;
        for (int region = 0; region < circle.regions(); region++) {
            if (circle.isIn(region, one)) {
                Ladder ladder = circle.ladder(region, one);
                int here = ladder.slotOf(one);
                best = nearer(one, best, nearestBelow(one, ladder, here, now));
                best = nearer(one, best, nearestAbove(one, ladder, here, now));
            }
        }
        return best;
    }

    private int nearestAbove(int one, Ladder ladder, int here, long now) {
        double window = fit.window(one, now);
        double low = fit.lowAt(one, now);
        int slot = ladder.above(here, low);
        while (slot >= 0 && fit.distance(one, ladder.at(slot)) <= window) {
            if (fit.fit(one, ladder.at(slot), now)) {
                return ladder.at(slot);
            }
            slot = ladder.above(slot, low);
        }
        return NOBODY;
    }

    private int nearestBelow(int one, Ladder ladder, int here, long now) {
        double window = fit.window(one, now);
        double high = fit.highAt(one, now);
        int slot = ladder.below(here, high);
        while (slot >= 0 && fit.distance(one, ladder.at(slot)) <= window) {
            if (fit.fit(one, ladder.at(slot), now)) {
                return eldest(one, ladder, slot, now);
            }
            slot = ladder.below(slot, high);
        }
        return NOBODY;
    }

    /** Of equal ratings the ladder has the eldest at the bottom: going down, it would be met last. */
    private int eldest(int one, Ladder ladder, int found, long now) {
        double rating = crowd.rating(ladder.at(found));
        int next = ladder.below(found, Double.NEGATIVE_INFINITY);
        if (next < 0 || crowd.rating(ladder.at(next)) < rating) {
            return ladder.at(found);
        }
        int slot = ladder.from(rating, Rungs.NONE, Double.POSITIVE_INFINITY);
        while (!fit.fit(one, ladder.at(slot), now)) {
            slot = ladder.above(slot, Double.POSITIVE_INFINITY);
        }
        return ladder.at(slot);
    }

    /** Of two candidates the nearer in rating, then the one whose turn is first. */
    private int nearer(int one, int best, int other) {
        if (best == NOBODY || other == NOBODY || other == best) {
            return best == NOBODY ? other : best;
        }
        return fit.byDistance(one, other, best) < 0 ? other : best;
    }

    @Override
    public long nextMoment(int place, long now) {
        if (place >= partners.length) {
            partners = Arrays.copyOf(partners, crowd.capacity());
        }
        partners[place] = NOBODY;
        long next = Window.NEVER;
        for (int region = 0; region < circle.regions(); region++) {
            if (circle.isIn(region, place)) {
                Ladder ladder = circle.ladder(region, place);
                int here = ladder.slotOf(place);
                next = firstAbove(ladder, here, place, next);
                next = firstBelow(ladder, here, place, next);
            }
        }
        return next;
    }

    /** The first moment with one up the ladder, if it is before {@code next}. */
    private long firstAbove(Ladder ladder, int here, int place, long next) {
        long first = next;
        int slot = ladder.above(here, low(place, first));
        while (slot >= 0 && isWorthALook(place, ladder.at(slot), first)) {
            first = sooner(place, ladder.at(slot), first);
            slot = ladder.above(slot, low(place, first));
        }
        return first;
    }

    private long firstBelow(Ladder ladder, int here, int place, long next) {
        long first = next;
        int slot = ladder.below(here, high(place, first));
        while (slot >= 0 && isWorthALook(place, ladder.at(slot), first)) {
            first = sooner(place, ladder.at(slot), first);
            slot = ladder.below(slot, high(place, first));
        }
        return first;
    }

    /** Not if its own window reaches so far too late: it reaches all that follow later still. */
    private boolean isWorthALook(int place, int other, long first) {
        return fit.reaches(place, fit.distance(place, other)) < first;
    }

    private long sooner(int place, int other, long first) {
        long moment = fit.moment(place, other);
        if (moment >= first) {
            return first;
        }
        partners[place] = other;
        return moment;
    }

    private double low(int place, long time) {
        return time == Window.NEVER ? Double.POSITIVE_INFINITY : fit.lowAt(place, time);
    }

    private double high(int place, long time) {
        return time == Window.NEVER ? Double.NEGATIVE_INFINITY : fit.highAt(place, time);
    }

    @Override
    public boolean holds(int place, long moment) {
        int partner = partners[place];
        if (partner == NOBODY) {
            return true;
        }
        if (!crowd.isHere(partner) || fit.moment(place, partner) != moment) {
            return false;
        }
        for (int region = 0; region < circle.regions(); region++) {
            if (circle.isIn(region, place) && circle.isIn(region, partner)) {
                return true;
            }
        }
        return false;
    }
}

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
        boolean in = circle.isIn(region, place);
        double window = fit.window(place, now);
        double low = fit.lowAt(place, now);
        int looks = 0;
        int other = in ? ladder.above(place, low) : ladder.aboveAbsent(place, low);
        while (other >= 0 && fit.distance(place, other) <= window) {
            looks += choose(place, other, now);
            other = ladder.above(other, low);
        }
        double high = fit.highAt(place, now);
        other = in ? ladder.below(place, high) : ladder.belowAbsent(place, high);
        while (other >= 0 && fit.distance(place, other) <= window) {
            looks += choose(place, other, now);
            other = ladder.below(other, high);
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
        choosing.sort(crowd::byTurn);
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
        double window = fit.window(one, now);
        double low = fit.lowAt(one, now);
        double high = fit.highAt(one, now);
        int best = NOBODY;
        for (int region = 0; region < circle.regions(); region++) {
            if (!circle.isIn(region, one)) {
                continue;
            }
            Ladder ladder = circle.ladder(region, one);
            int other = ladder.below(one, high);
            while (other >= 0 && fit.distance(one, other) <= window && !fit.fit(one, other, now)) {
                other = ladder.below(other, high);
            }
            best = nearer(one, best, other, window);
            other = ladder.above(one, low);
            while (other >= 0 && fit.distance(one, other) <= window && !fit.fit(one, other, now)) {
                other = ladder.above(other, low);
            }
            best = nearer(one, best, other, window);
        }
        return best;
    }

    /** Of two candidates the nearer in rating, then the one whose turn is first. */
    private int nearer(int one, int best, int other, double window) {
        if (other < 0 || other == best || fit.distance(one, other) > window) {
            return best;
        }
        if (best == NOBODY) {
            return other;
        }
        int order = Double.compare(fit.distance(one, other), fit.distance(one, best));
        if (order == 0) {
            order = crowd.byTurn(other, best);
        }
        return order < 0 ? other : best;
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
                next = firstAbove(circle.ladder(region, place), place, next);
                next = firstBelow(circle.ladder(region, place), place, next);
            }
        }
        return next;
    }

    /** The first moment with one up the ladder, if it is before {@code next}. */
    private long firstAbove(Ladder ladder, int place, long next) {
        long first = next;
        int other = ladder.above(place, low(place, first));
        while (other >= 0 && isWorthALook(place, other, first)) {
            first = sooner(place, other, first);
            other = ladder.above(other, low(place, first));
        }
        return first;
    }

    private long firstBelow(Ladder ladder, int place, long next) {
        long first = next;
        int other = ladder.below(place, high(place, first));
        while (other >= 0 && isWorthALook(place, other, first)) {
            first = sooner(place, other, first);
            other = ladder.below(other, high(place, first));
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

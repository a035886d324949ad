package dev.paddock.manager.matchmaking;

import dev.paddock.protocol.mode.Teams;

/**
 * The search for a match when taking the nearest first did not find one: it does not give up because of an early choice.
 *
 * <p>Tickets whose ratings lie no further apart than the narrowest window among them all fit each other. So each candidate
 * in turn is taken for the one with the narrowest window, and a frame as wide as that window is pushed along the ratings
 * past it. From a frame that holds enough players, the teams are filled by trying, and by taking back what led nowhere.
 *
 * <p>Single players without roles and avoid lists fill the first frame that holds enough of them, so of these a match is
 * found if there is one among the candidates. Otherwise a look tries at most {@value #STEPS} times to put a ticket into a
 * team; tickets of one kind are tried once, not once each. O(c²) for c candidates, and the steps.
 */
final class Backtrack {
    private static final int STEPS = 1000;
    private static final int MOST_PLAYERS = 64;

    private final Circle circle;
    private final Crowd crowd;
    private final Fit fit;
    private final Teams teams;
    private final Lineup lineup;
    private final boolean hasRoles;

    private final Places candidates = new Places();
    private final Places eligible = new Places();
    private final Places frame = new Places();
    private double[] windows = new double[64];
    private int[] playersFrom = new int[64];
    private boolean isPlain;
    private boolean isShy;
    private int needed;
    private int taken;
    private int steps;

    Backtrack(Circle circle, Lineup lineup) {
        this.circle = circle;
        this.crowd = circle.crowd();
        this.fit = circle.fit();
        this.teams = circle.rules().teams();
        this.hasRoles = !circle.rules().roles().isEmpty();
        this.lineup = lineup;
    }

    /** Fills the lineup with teams of that size, with this one in it, from those who are near and fit it. */
    boolean fill(int one, Places near, int size, long now) {
        begin(one, near, size, now);
        if (crowd.size(one) > size || !isPlain && needed > MOST_PLAYERS) {
            return false;
        }
        for (int i = 0; i < candidates.size() && steps > 0; i++) {
            if (windows[i] <= fit.window(one, now) && fillAround(one, i, size, now)) {
                return true;
            }
        }
        return false;
    }

    private void begin(int one, Places near, int size, long now) {
        needed = size * teams.count();
        steps = STEPS;
        candidates.clear();
        candidates.add(one);
        for (int i = 0; i < near.size(); i++) {
            candidates.add(near.get(i));
        }
        candidates.sort(crowd::ratingKey, crowd::byRating);
        if (windows.length <= candidates.size()) {
            windows = new double[2 * candidates.size()];
            playersFrom = new int[2 * candidates.size()];
        }
        isPlain = !hasRoles;
        for (int i = 0; i < candidates.size(); i++) {
            windows[i] = fit.window(candidates.get(i), now);
            isPlain &= crowd.size(candidates.get(i)) == 1 && !crowd.isShy(candidates.get(i));
        }
    }

    /** Frames as wide as the window of this candidate, with all whose windows are not narrower. */
    private boolean fillAround(int one, int narrowest, int size, long now) {
        double width = windows[narrowest];
        double middle = crowd.rating(candidates.get(narrowest));
        double lowest = Math.min(middle, crowd.rating(one));
        double highest = Math.max(middle, crowd.rating(one));
        eligible.clear();
        for (int i = 0; i < candidates.size(); i++) {
            double rating = crowd.rating(candidates.get(i));
            if (windows[i] >= width && rating >= highest - width && rating <= lowest + width) {
                eligible.add(candidates.get(i));
            }
        }
        int players = 0;
        int end = 0;
        for (int low = 0; low < eligible.size() && crowd.rating(eligible.get(low)) <= lowest; low++) {
            int before = end;
            while (end < eligible.size()
                    && crowd.rating(eligible.get(end)) <= crowd.rating(eligible.get(low)) + width) {
                players += crowd.size(eligible.get(end++));
            }
            // A frame that gained nobody lies in the one before it.
            if (end > before && players >= needed && fillFrom(one, low, end, size, now)) {
                return true;
            }
            players -= crowd.size(eligible.get(low));
        }
        return false;
    }

    private boolean fillFrom(int one, int low, int end, int size, long now) {
        frame.clear();
        isShy = false;
        for (int i = low; i < end; i++) {
            isShy |= crowd.isShy(eligible.get(i));
            if (eligible.get(i) != one) {
                frame.add(eligible.get(i));
            }
        }
        frame.sort((left, right) -> byUse(one, left, right));
        int players = 0;
        for (int i = frame.size() - 1; i >= 0; i--) {
            players += crowd.size(frame.get(i));
            playersFrom[i] = players;
        }
        playersFrom[frame.size()] = 0;
        boolean isPatient = size == teams.size() || circle.fewerFrom(one) <= now;
        return isPatient ? fillWith(one, one, size) : fillWithPatient(one, size, now);
    }

    /** Fewer than in full teams: one of those who have waited long enough must be in it. */
    private boolean fillWithPatient(int one, int size, long now) {
        for (int i = 0; i < frame.size(); i++) {
            if (circle.fewerFrom(frame.get(i)) <= now && fillWith(one, frame.get(i), size)) {
                return true;
            }
        }
        return false;
    }

    private boolean fillWith(int one, int patient, int size) {
        lineup.begin(size);
        if (!lineup.add(one)) {
            // Two who both must play what a team has once.
            return false;
        }
        taken = crowd.size(one);
        if (isPlain) {
            return takeAll(one, patient);
        }
        return patient == one ? take(0) : !lineup.avoidsAny(patient) && take(patient, -1);
    }

    private boolean takeAll(int one, int patient) {
        if (patient != one) {
            lineup.add(patient);
        }
        for (int i = 0; i < frame.size() && !lineup.isFull(); i++) {
            if (frame.get(i) != patient) {
                lineup.add(frame.get(i));
            }
        }
        return lineup.isFull();
    }

    private boolean take(int from) {
        if (taken == needed) {
            return true;
        }
        int tried = 0;
        for (int i = from; i < frame.size() && taken + playersFrom[i] >= needed; i++) {
            int place = frame.get(i);
            int kind = isShy || crowd.kind(place) == Circle.MOST_KINDS - 1 ? 0 : 1 << crowd.kind(place);
            boolean isOut = (tried & kind) != 0 || taken + crowd.size(place) > needed || lineup.contains(place);
            if (isOut || lineup.avoidsAny(place)) {
                continue;
            }
            tried |= kind;
            if (take(place, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean take(int place, int at) {
        for (int team = 0; team < teams.count(); team++) {
            if (--steps < 0) {
                return false;
            }
            boolean wasEmpty = lineup.isEmpty(team);
            if (lineup.add(place, team)) {
                taken += crowd.size(place);
                if (take(at + 1)) {
                    return true;
                }
                taken -= crowd.size(place);
                lineup.takeBack(place, team);
            }
            if (wasEmpty) {
                // The teams behind it are empty too.
                return false;
            }
        }
        return false;
    }

    /** Parties first, while there is room; else the nearer. */
    private int byUse(int one, int left, int right) {
        int order = crowd.size(right) - crowd.size(left);
        return order != 0 ? order : fit.byDistance(one, left, right);
    }
}

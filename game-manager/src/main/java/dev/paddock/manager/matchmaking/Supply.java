package dev.paddock.manager.matchmaking;

import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.protocol.mode.Role;
import java.util.Arrays;
import java.util.List;

/**
 * Whether there are enough players at all for the roles that the teams of a match need, each role looked at for itself: so
 * that nobody looks for a match among thousands of whom none is a tank. Counted by kind, as tickets of a kind can play the
 * same; O(kinds · roles) for a region.
 */
final class Supply {
    /** Not known yet. */
    private static final int[] UNSEEN = {};

    private final Circle circle;
    private final Crowd crowd;
    private final Cast cast;
    private final List<Role> roles;
    private final int teams;

    /** By kind and role: how many of a ticket's players can play it. */
    private final int[][] players = new int[Circle.MOST_KINDS][];

    Supply(Circle circle, Cast cast) {
        this.circle = circle;
        this.crowd = circle.crowd();
        this.cast = cast;
        this.roles = circle.rules().roles();
        this.teams = circle.rules().teams().count();
        Arrays.fill(players, UNSEEN);
    }

    /** Notes what tickets of its kind can play; of each ticket before anything else is asked about it. */
    void learn(int place) {
        int kind = crowd.kind(place);
        if (players[kind].length == roles.size()) {
            return;
        }
        players[kind] = new int[roles.size()];
        for (int role = 0; role < roles.size(); role++) {
            for (TicketPlayer player : crowd.ticket(place).players()) {
                players[kind][role] += cast.mask(player) >> role & 1;
            }
        }
    }

    /** Whether all who can play in a region now are enough. */
    boolean sufficesIn(int region) {
        for (int role = 0; role < roles.size(); role++) {
            long missing = needed(role);
            for (int kind = 0; kind < Circle.MOST_KINDS && missing > 0; kind++) {
                long tickets = circle.ladders(region)[kind].size();
                missing -= tickets == 0 ? 0 : tickets * most(kind, role);
            }
            if (missing > 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether one and those near it are enough. */
    boolean suffices(int one, Places near) {
        for (int role = 0; role < roles.size(); role++) {
            int missing = needed(role) - most(crowd.kind(one), role);
            for (int i = 0; i < near.size() && missing > 0; i++) {
                missing -= most(crowd.kind(near.get(i)), role);
            }
            if (missing > 0) {
                return false;
            }
        }
        return true;
    }

    private int needed(int role) {
        return roles.get(role).min() * teams;
    }

    /** Of the last kind, which is a mixture, each may be all that is needed. */
    private int most(int kind, int role) {
        return kind == Circle.MOST_KINDS - 1 ? needed(role) : players[kind][role];
    }
}

package dev.paddock.manager.matchmaking;

import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.protocol.mode.Role;
import java.util.Arrays;
import java.util.List;

/**
 * Whether the players of a team can share its roles out: who plays some of the mode's roles is counted for exactly one of
 * them, each role is played by no more than its maximum, and what is missing to the minimums has room in what is free.
 *
 * <p>A bipartite matching by augmenting paths (Kuhn): first a player for each place that must be filled, then a role for
 * each player who has none yet. The second step moves players from role to role but never takes one from a role, so what
 * the first has filled stays filled (Mendelsohn and Dulmage). O(players² · roles), and a team has few of both.
 */
final class Cast {
    private static final int NONE = -1;

    private final List<Role> roles;
    private final int needed;
    private final int[] masks;
    private final int[] playing;
    private final int[] load;
    private final boolean[] seenPlayers;
    private int count;
    private int seenRoles;

    /** @param most players in a team */
    Cast(List<Role> roles, int most) {
        this.roles = roles;
        this.needed = roles.stream().mapToInt(Role::min).sum();
        this.masks = new int[most];
        this.playing = new int[most];
        this.load = new int[roles.size()];
        this.seenPlayers = new boolean[most];
    }

    void clear() {
        count = 0;
    }

    /** One more for the team. */
    void add(Ticket ticket) {
        for (TicketPlayer player : ticket.players()) {
            masks[count++] = mask(player);
        }
    }

    /** The mode's roles that a player can play, as bits. */
    int mask(TicketPlayer player) {
        int mask = 0;
        for (int role = 0; role < roles.size(); role++) {
            mask |= player.roles().contains(roles.get(role).name()) ? 1 << role : 0;
        }
        return mask;
    }

    /** Whether those who were added can be part of a team of so many. */
    boolean works(int places) {
        Arrays.fill(playing, 0, count, NONE);
        Arrays.fill(load, 0);
        int filled = 0;
        for (int role = 0; role < load.length; role++) {
            for (int i = 0; i < roles.get(role).min(); i++) {
                Arrays.fill(seenPlayers, false);
                filled += fill(role) ? 1 : 0;
            }
        }
        if (needed - filled > places - count) {
            return false;
        }
        for (int player = 0; player < count; player++) {
            seenRoles = 0;
            if (masks[player] != 0 && playing[player] == NONE && !employ(player)) {
                return false;
            }
        }
        return true;
    }

    /** Finds one more player for a role; another may have to find a new one for it. */
    private boolean fill(int role) {
        for (int player = 0; player < count; player++) {
            boolean can = (masks[player] & 1 << role) != 0 && playing[player] != role;
            if (!can || seenPlayers[player]) {
                continue;
            }
            seenPlayers[player] = true;
            int before = playing[player];
            if (before == NONE || fill(before)) {
                give(player, role);
                return true;
            }
        }
        return false;
    }

    /** Finds a role for a player; others may have to change theirs. */
    private boolean employ(int player) {
        for (int role = 0; role < load.length; role++) {
            if ((masks[player] & 1 << role) == 0 || (seenRoles & 1 << role) != 0) {
                continue;
            }
            seenRoles |= 1 << role;
            if (load[role] < roles.get(role).max()) {
                give(player, role);
                return true;
            }
            for (int other = 0; other < count; other++) {
                if (other != player && playing[other] == role && employ(other)) {
                    give(player, role);
                    return true;
                }
            }
        }
        return false;
    }

    private void give(int player, int role) {
        if (playing[player] != NONE) {
            load[playing[player]]--;
        }
        playing[player] = role;
        load[role]++;
    }
}

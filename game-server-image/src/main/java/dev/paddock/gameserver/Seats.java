package dev.paddock.gameserver;

import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.SeatPlayers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The seats of a running match, decided without doing anything. The game says how many each team has, and who left for
 * good; managers say who plays. What is free follows from both, so neither can be out of date about the other.
 *
 * @param number of what is said of them; 0: the game has opened none, and nothing is said
 * @param roster the last one of the managers that was answered; 0: none
 * @param accepted whether it was accepted
 * @param open seats by team, those with a player included
 * @param players those who have a seat
 * @param gone ids of those who left for good
 * @param next when it is said again
 */
record Seats(
        int number,
        int roster,
        boolean accepted,
        List<Integer> open,
        List<MatchPlayer> players,
        Set<String> gone,
        Instant next) {
    /** How far apart they are said again once they were heard: what managers have lost since comes back to them. */
    static final Duration AGAIN = Duration.ofSeconds(30);

    Seats {
        open = List.copyOf(open);
        players = List.copyOf(players);
        gone = Set.copyOf(gone);
    }

    static Seats of(List<MatchPlayer> players) {
        return new Seats(0, 0, false, List.of(), players, Set.of(), Instant.MAX);
    }

    /**
     * What becomes of a roster.
     *
     * @param refused why; null: accepted
     * @param came who has a seat now and had none before
     * @param withdrawn ids of those who were to come, and do not
     */
    record Answer(Seats seats, @Nullable String refused, List<MatchPlayer> came, List<String> withdrawn) {
        Answer {
            came = List.copyOf(came);
            withdrawn = List.copyOf(withdrawn);
        }
    }

    /** So many seats each team has from now on. */
    Seats open(List<Integer> seats, Instant now) {
        return new Seats(number + 1, roster, accepted, seats, players, gone, now);
    }

    /** This player's seat is free. */
    Seats gone(String playerId, Instant now) {
        List<MatchPlayer> left = players.stream()
                .filter(player -> !player.playerId().equals(playerId))
                .toList();
        if (left.size() == players.size()) {
            return this;
        }
        Set<String> all = new HashSet<>(gone);
        all.add(playerId);
        return number == 0
                ? new Seats(0, roster, accepted, open, left, all, next)
                : new Seats(number + 1, roster, accepted, open, left, all, now);
    }

    /** By team. */
    List<Integer> free() {
        List<Integer> free = new ArrayList<>(open);
        for (MatchPlayer player : players) {
            if (player.team() < free.size()) {
                free.set(player.team(), Math.max(0, free.get(player.team()) - 1));
            }
        }
        return free;
    }

    List<String> playerIds() {
        return players.stream().map(MatchPlayer::playerId).toList();
    }

    /**
     * Takes a higher roster as a whole, answers an equal one as before, and refuses a lower one. An equal one with others is
     * as good as a lower one: managers whose Redis has forgotten the first count anew.
     */
    Answer seat(SeatPlayers wanted, Instant now) {
        if (wanted.roster() < roster) {
            return new Answer(this, "old-roster", List.of(), List.of());
        }
        if (wanted.roster() == roster) {
            return new Answer(this, again(wanted), List.of(), List.of());
        }
        Set<String> ids = new HashSet<>(
                wanted.players().stream().map(MatchPlayer::playerId).toList());
        List<MatchPlayer> stay = players.stream()
                .filter(player -> ids.contains(player.playerId()))
                .toList();
        List<String> withdrawn =
                playerIds().stream().filter(id -> !ids.contains(id)).toList();
        List<MatchPlayer> come = wanted.players().stream()
                .filter(player -> !gone.contains(player.playerId())
                        && stay.stream().noneMatch(here -> here.playerId().equals(player.playerId())))
                .toList();
        Seats without = with(wanted.roster(), false, stay, now);
        if (!without.haveRoomFor(come)) {
            return new Answer(without, "no-free-seat", List.of(), withdrawn);
        }
        List<MatchPlayer> all = new ArrayList<>(stay);
        all.addAll(come);
        return new Answer(with(wanted.roster(), true, all, now), null, come, withdrawn);
    }

    boolean due(Instant now) {
        return number > 0 && !now.isBefore(next);
    }

    Seats dueAt(Instant when) {
        return new Seats(number, roster, accepted, open, players, gone, when);
    }

    /** A manager has heard what was said with that number. */
    Seats heard(int said, Instant now) {
        return said == number ? dueAt(now.plus(AGAIN)) : this;
    }

    private Seats with(int newRoster, boolean isAccepted, List<MatchPlayer> who, Instant now) {
        // A game that has opened no seats says nothing of them.
        return number == 0
                ? new Seats(0, newRoster, isAccepted, open, who, gone, next)
                : new Seats(number + 1, newRoster, isAccepted, open, who, gone, now);
    }

    private @Nullable String again(SeatPlayers wanted) {
        if (!accepted) {
            return "no-free-seat";
        }
        List<String> here = playerIds();
        boolean same = wanted.players().stream()
                .map(MatchPlayer::playerId)
                .allMatch(id -> here.contains(id) || gone.contains(id));
        return same ? null : "old-roster";
    }

    private boolean haveRoomFor(List<MatchPlayer> come) {
        List<Integer> free = new ArrayList<>(free());
        for (MatchPlayer player : come) {
            int team = player.team();
            if (team < 0 || team >= free.size() || free.get(team) == 0) {
                return false;
            }
            free.set(team, free.get(team) - 1);
        }
        return true;
    }
}

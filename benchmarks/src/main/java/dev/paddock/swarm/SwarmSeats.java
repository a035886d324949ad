package dev.paddock.swarm;

import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.SeatPlayers;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.server.ServerReply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Who has a seat at one server of a swarm, and which are free: the server's side of the contract on free seats. */
final class SwarmSeats {
    private final StartMatch start;
    private final String serverId;
    private List<MatchPlayer> players;
    private List<Integer> open = List.of();
    private int number;
    private int roster;
    private boolean accepted;

    SwarmSeats(StartMatch start, String serverId) {
        this.start = start;
        this.serverId = serverId;
        this.players = start.players();
    }

    synchronized List<MatchPlayer> players() {
        return players;
    }

    /** So many each team has from now on, those with a player included. */
    synchronized void open(List<Integer> seats) {
        open = List.copyOf(seats);
        number++;
    }

    /** A higher roster is taken as a whole or refused as a whole; the same one is answered as before. */
    synchronized ServerReply seat(SeatPlayers wanted) {
        Set<String> named = wanted.players().stream().map(MatchPlayer::playerId).collect(Collectors.toSet());
        Set<String> here = players.stream().map(MatchPlayer::playerId).collect(Collectors.toSet());
        boolean others = wanted.roster() == roster && accepted && !here.containsAll(named);
        if (wanted.roster() < roster || others) {
            return new ServerReply.Refused(serverId, "old-roster");
        }
        if (wanted.roster() > roster) {
            List<MatchPlayer> stay = players.stream()
                    .filter(player -> named.contains(player.playerId()))
                    .toList();
            List<MatchPlayer> come = wanted.players().stream()
                    .filter(player -> !here.contains(player.playerId()))
                    .toList();
            List<MatchPlayer> all = new ArrayList<>(stay);
            all.addAll(come);
            roster = wanted.roster();
            number++;
            // Who is here already may stay, also when the seats were closed.
            accepted = come.isEmpty() || fits(all);
            players = accepted ? List.copyOf(all) : stay;
        }
        return accepted ? new ServerReply.Accepted(serverId) : new ServerReply.Refused(serverId, "no-free-seat");
    }

    /** What it says of them, the whole state. */
    synchronized MatchEvent.Seats said(Instant now) {
        List<Integer> free = new ArrayList<>();
        for (int team = 0; team < open.size(); team++) {
            free.add(Math.max(0, open.get(team) - inTeam(players, team)));
        }
        List<String> ids = players.stream().map(MatchPlayer::playerId).toList();
        return new MatchEvent.Seats(start.matchId(), start.mode(), serverId, number, roster, free, ids, now);
    }

    private boolean fits(List<MatchPlayer> all) {
        for (MatchPlayer player : all) {
            int team = player.team();
            if (team < 0 || team >= open.size() || inTeam(all, team) > open.get(team)) {
                return false;
            }
        }
        return true;
    }

    private static int inTeam(List<MatchPlayer> of, int team) {
        return (int) of.stream().filter(player -> player.team() == team).count();
    }
}

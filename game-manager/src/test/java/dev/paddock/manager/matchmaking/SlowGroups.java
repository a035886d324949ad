package dev.paddock.manager.matchmaking;

import dev.paddock.manager.matchmaking.Proposals.Proposal;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** Matches of teams as the rules say it, by trying everything: for few tickets, to hold {@link Groups} against. */
final class SlowGroups {
    private final MatchingRules rules;
    private final List<String> regions;

    SlowGroups(MatchingRules rules, List<String> regions) {
        this.rules = rules;
        this.regions = regions;
    }

    /** Whether some of them could play together. */
    boolean anyMatch(Collection<Ticket> waiting, Instant at) {
        int least = Objects.requireNonNullElse(
                rules.teams().leastSize(), rules.teams().size());
        for (String region : regions) {
            Inspection inspection = new Inspection(rules, regions, at);
            List<Ticket> there = waiting.stream()
                    .filter(ticket -> inspection.canPlay(ticket, region))
                    .toList();
            for (int size = least; size <= rules.teams().size(); size++) {
                List<List<Ticket>> teams = new ArrayList<>();
                for (int team = 0; team < rules.teams().count(); team++) {
                    teams.add(new ArrayList<>());
                }
                if (canFill(teams, size, there, 0, at)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean canFill(List<List<Ticket>> teams, int size, List<Ticket> from, int next, Instant at) {
        if (teams.stream().allMatch(team -> players(team).size() == size)) {
            return isMatch(teams, at);
        }
        if (next == from.size()) {
            return false;
        }
        Ticket ticket = from.get(next);
        Inspection inspection = new Inspection(rules, regions, at);
        boolean fits = teams.stream()
                .flatMap(List::stream)
                .allMatch(other -> inspection.apart(ticket, other).isEmpty());
        for (int team = 0; fits && team < teams.size(); team++) {
            List<Ticket> into = teams.get(team);
            boolean isFirst = into.isEmpty();
            into.add(ticket);
            boolean works = players(into).size() <= size && canFill(teams, size, from, next + 1, at);
            into.removeLast();
            if (works) {
                return true;
            }
            if (isFirst) {
                // Which of the empty teams it is makes no difference.
                break;
            }
        }
        return canFill(teams, size, from, next + 1, at);
    }

    /** Whether a proposal keeps every rule. */
    boolean isMatch(Proposal match, Instant at) {
        Inspection inspection = new Inspection(rules, regions, at);
        return match.tickets().stream().allMatch(ticket -> inspection.canPlay(ticket, match.region()))
                && isMatch(match.teams(), at);
    }

    private boolean isMatch(List<List<Ticket>> teams, Instant at) {
        Inspection inspection = new Inspection(rules, regions, at);
        List<Ticket> all = teams.stream().flatMap(List::stream).toList();
        int size = players(teams.getFirst()).size();
        return teams.size() == rules.teams().count()
                && teams.stream().allMatch(team -> players(team).size() == size && canShareRoles(players(team)))
                && (size == rules.teams().size() || fewerMayStart(all, size, at))
                && all.stream()
                        .allMatch(one -> all.stream()
                                .allMatch(other -> one == other
                                        || inspection.apart(one, other).isEmpty()));
    }

    private boolean fewerMayStart(List<Ticket> all, int size, Instant at) {
        Integer least = rules.teams().leastSize();
        Duration after = rules.teams().fewerAfter();
        return least != null
                && after != null
                && size >= least
                && all.stream()
                        .anyMatch(ticket ->
                                Duration.between(ticket.createdAt(), at).compareTo(after) >= 0);
    }

    private boolean canShareRoles(List<TicketPlayer> team) {
        return canShareRoles(team, 0, new int[rules.roles().size()]);
    }

    /** Each player who plays some of the roles is counted for exactly one of them. */
    private boolean canShareRoles(List<TicketPlayer> team, int next, int[] playing) {
        if (next == team.size()) {
            for (int role = 0; role < playing.length; role++) {
                Role rule = rules.roles().get(role);
                if (playing[role] < rule.min() || playing[role] > rule.max()) {
                    return false;
                }
            }
            return true;
        }
        boolean playsSome = false;
        for (int role = 0; role < playing.length; role++) {
            if (team.get(next).roles().contains(rules.roles().get(role).name())) {
                playsSome = true;
                playing[role]++;
                boolean works = canShareRoles(team, next + 1, playing);
                playing[role]--;
                if (works) {
                    return true;
                }
            }
        }
        return !playsSome && canShareRoles(team, next + 1, playing);
    }

    private static List<TicketPlayer> players(List<Ticket> team) {
        return team.stream().flatMap(ticket -> ticket.players().stream()).toList();
    }
}

package dev.paddock.director.match;

import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.match.SeatPlayers;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StopMatch;
import dev.paddock.protocol.server.ServerEvent;
import org.jspecify.annotations.Nullable;

/**
 * What JSON lets through and a record's type does not say: fields that are missing, and ids that would not fit in a
 * subject. Each method returns its argument.
 */
final class Checked {
    private Checked() {}

    static StartMatch start(StartMatch request) {
        present("matchId", request.matchId());
        Subjects.matchReady(request.matchId());
        present("mode", request.mode());
        present("region", request.region());
        present("limits", request.limits());
        present("joinKeys", request.joinKeys());
        if (request.attempt() < 1) {
            throw new IllegalArgumentException("attempt must be 1 or more");
        }
        if (request.settledOn() != null) {
            Subjects.serverAll(request.settledOn());
        }
        return request;
    }

    static StopMatch stop(StopMatch request) {
        present("matchId", request.matchId());
        present("serverId", request.serverId());
        Subjects.serverAll(request.serverId());
        return request;
    }

    static SeatPlayers seat(SeatPlayers request) {
        present("matchId", request.matchId());
        present("serverId", request.serverId());
        Subjects.serverAll(request.serverId());
        return request;
    }

    static ServerEvent event(ServerEvent event) {
        present("serverId", event.serverId());
        return switch (event) {
            case ServerEvent.Ready ready -> {
                match(ready.matchId());
                yield ready;
            }
            case ServerEvent.Heartbeat heartbeat -> {
                match(heartbeat.matchId());
                yield heartbeat;
            }
            case ServerEvent.Seats seats -> {
                present("matchId", seats.matchId());
                match(seats.matchId());
                present("mode", seats.mode());
                present("at", seats.at());
                if (seats.free().stream().anyMatch(free -> free < 0)) {
                    throw new IllegalArgumentException("free seats must not be negative");
                }
                yield seats;
            }
            case ServerEvent.Ended ended -> {
                present("matchId", ended.matchId());
                match(ended.matchId());
                present("mode", ended.mode());
                present("result", ended.result());
                present("at", ended.at());
                yield ended;
            }
        };
    }

    private static void match(@Nullable String matchId) {
        if (matchId != null) {
            Subjects.matchReady(matchId);
        }
    }

    private static void present(String field, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
    }
}

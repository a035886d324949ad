package dev.paddock.local.play;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.local.play.Crowd.Done;
import dev.paddock.local.play.Crowd.Failed;
import dev.paddock.local.play.Crowd.Outcome;
import dev.paddock.local.play.Player.Matched;
import dev.paddock.local.play.Player.Queued;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.frame.Frame.MatchEnded;
import dev.paddock.protocol.frame.Frame.PlayerMatched;
import dev.paddock.protocol.match.Endpoint;
import dev.paddock.protocol.match.MatchResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Every player plays one match: several matches at once if there are more players than one match takes. */
final class Round {
    private static final Duration FOR_THE_OTHERS = Duration.ofSeconds(10);

    private final PlayOptions options;
    private final int size;
    private final Map<String, Integer> latencies;
    private final InstantSource clock;
    private final Progress progress;
    private final Meeting meeting = new Meeting();
    private final Set<String> announced = ConcurrentHashMap.newKeySet();

    /** @param size players in a match */
    Round(PlayOptions options, int size, Map<String, Integer> latencies, InstantSource clock, Progress progress) {
        this.options = options;
        this.size = size;
        this.latencies = Map.copyOf(latencies);
        this.clock = clock;
        this.progress = progress;
    }

    /** Adds the matches that were played, and sentences on players who did not get through. */
    void play(List<Player> players, List<Duration> reactions, List<MatchReport> matches, List<String> missing)
            throws InterruptedException {
        if (options.repeat() == 1) {
            progress.say(players.size() + " players press Play");
        }
        List<Queued> queued = queueAll(players, missing);
        if (!missing.isEmpty()) {
            return;
        }
        List<Callable<Played>> tasks = new ArrayList<>();
        for (int i = 0; i < players.size(); i++) {
            Player player = players.get(i);
            Queued ticket = queued.get(i);
            Duration reaction = reactions.get(i);
            tasks.add(() -> playOne(player, ticket, reaction, players));
        }
        List<Outcome<Played>> outcomes = Crowd.all(tasks.size(), tasks);
        Map<String, List<Played>> byMatch = new LinkedHashMap<>();
        for (int i = 0; i < outcomes.size(); i++) {
            switch (outcomes.get(i)) {
                case Done<Played>(Played played) ->
                    byMatch.computeIfAbsent(played.matchId(), id -> new ArrayList<>())
                            .add(played);
                case Failed<Played>(String why) -> missing.add(players.get(i).name() + ": " + why);
            }
        }
        for (List<Played> seats : byMatch.values()) {
            matches.add(report(seats));
        }
    }

    /** Groups at the same time, the players of a group one after the other: so there is a last one, who waits least. */
    private List<Queued> queueAll(List<Player> players, List<String> missing) throws InterruptedException {
        List<Callable<List<Queued>>> groups = new ArrayList<>();
        for (int from = 0; from < players.size(); from += size) {
            List<Player> group = players.subList(from, from + size);
            groups.add(() -> queueGroup(group));
        }
        List<Queued> queued = new ArrayList<>();
        for (Outcome<List<Queued>> outcome : Crowd.all(groups.size(), groups)) {
            switch (outcome) {
                case Done<List<Queued>>(List<Queued> tickets) -> queued.addAll(tickets);
                case Failed<List<Queued>>(String why) -> missing.add(why);
            }
        }
        return queued;
    }

    private List<Queued> queueGroup(List<Player> group) throws PlayException, InterruptedException {
        List<Queued> tickets = new ArrayList<>();
        for (Player player : group) {
            try {
                tickets.add(player.queue(options.mode(), latencies));
            } catch (PlayException e) {
                throw new PlayException(player.name() + " could not queue: " + e.getMessage(), e);
            }
        }
        return tickets;
    }

    private Played playOne(Player player, Queued queued, Duration reaction, List<Player> ours)
            throws PlayException, InterruptedException {
        Matched matched = player.awaitMatched(options.patience());
        PlayerMatched frame = matched.frame();
        if (options.repeat() == 1 && announced.add(frame.matchId())) {
            progress.say("Racing in match " + frame.matchId() + " on "
                    + frame.server().host() + ":" + frame.server().ports().get("tcp"));
        }
        checkKey(player, frame);
        MatchResult raced = race(player, frame, reaction, ours);
        MatchEnded ended = player.awaitEnded(frame.matchId(), options.patience());
        return new Played(player, queued, matched, raced, ended.result());
    }

    private MatchResult race(Player player, PlayerMatched frame, Duration reaction, List<Player> ours)
            throws PlayException, InterruptedException {
        try {
            return Race.run(frame, player.playerId(), reaction, clock, () -> resigns(frame, ours));
        } catch (PlayException e) {
            throw new PlayException(
                    "match " + frame.matchId() + ": " + e.getMessage() + "; the platform: "
                            + fate(player, frame.matchId()),
                    e);
        }
    }

    private boolean resigns(PlayerMatched frame, List<Player> ours) throws InterruptedException {
        if (options.until() == Until.RESULT) {
            return false;
        }
        var ids = ours.stream().map(Player::playerId).collect(Collectors.toSet());
        int here = (int)
                frame.players().stream().filter(p -> ids.contains(p.playerId())).count();
        meeting.await(frame.matchId(), here, FOR_THE_OTHERS);
        return true;
    }

    private String fate(Player player, String matchId) throws InterruptedException {
        try {
            return "ended "
                    + player.awaitEnded(matchId, options.patience()).result().outcome();
        } catch (PlayException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void checkKey(Player player, PlayerMatched frame) throws PlayException, InterruptedException {
        Endpoint server = frame.server();
        JsonNode rest = player.serverKey(frame.matchId());
        boolean same = rest.path("publicKey").asText().equals(server.publicKey())
                && rest.path("publicKeySha256").asText().equals(server.publicKeySha256());
        if (!same) {
            throw new PlayException(
                    "match " + frame.matchId() + ": GET server-key and PlayerMatched name different keys");
        }
        if (!PinnedKey.sha256Of(PinnedKey.der(server.publicKey())).equals(server.publicKeySha256())) {
            throw new PlayException("match " + frame.matchId() + ": publicKeySha256 is not the SHA-256 of publicKey");
        }
    }

    private static MatchReport report(List<Played> seats) throws InterruptedException {
        Played first = seats.getFirst();
        List<String> missing = new ArrayList<>();
        for (Played seat : seats) {
            if (!seat.raced().equals(seat.ended()) || !seat.raced().equals(first.raced())) {
                missing.add(seat.player().name() + " had the result " + seat.raced() + " from the game server and "
                        + seat.ended() + " from the platform");
            }
        }
        Timeline timeline = timeline(seats, missing);
        missing.addAll(MatchReport.stopsMissing(timeline));
        return MatchReport.of(first.matched().frame(), first.raced(), timeline, missing);
    }

    private static Timeline timeline(List<Played> seats, List<String> missing) throws InterruptedException {
        // The view's queued is the asking player's own: the one who waited least asks.
        Played last = Collections.max(
                seats, Comparator.comparing(seat -> seat.queued().asked()));
        List<Instant> told = seats.stream().map(seat -> seat.matched().told()).toList();
        Duration gap = ClockGap.of(seats.stream().map(Played::queued).toList());
        Map<Stop, Instant> stops = new EnumMap<>(Stop.class);
        boolean cold = false;
        try {
            JsonNode view = last.player().match(last.matchId());
            stops.putAll(stops(view.path("timeline")));
            cold = stops.containsKey(Stop.STARTED) || !view.path("standby").asBoolean(true);
        } catch (PlayException | DateTimeParseException e) {
            missing.add("the timeline could not be read: " + e.getMessage());
        }
        return Timeline.of(cold, last.queued().asked(), stops, told, gap);
    }

    private static Map<Stop, Instant> stops(JsonNode timeline) {
        Map<Stop, Instant> stops = new EnumMap<>(Stop.class);
        for (Stop stop : Stop.values()) {
            String at = timeline.path(stop.word()).asText("");
            if (!at.isEmpty()) {
                stops.put(stop, Instant.parse(at));
            }
        }
        return stops;
    }
}

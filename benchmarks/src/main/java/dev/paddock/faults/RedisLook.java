package dev.paddock.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.faults.Remains.StoredMatch;
import dev.paddock.faults.Remains.StoredTicket;
import dev.paddock.local.server.MysqlDatabase;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.protocol.Json;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks into Redis and MySQL past the managers. */
final class RedisLook implements AutoCloseable {
    private static final int PAGE = 1000;

    /** One that hangs is no reason to wait for longer. */
    private static final Duration ANSWER = Duration.ofSeconds(2);

    /** How often it is asked who has which keys. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final AbstractRedisClient client;
    private final RedisClusterCommands<String, String> redis;

    private final List<String> modes;
    private final List<QueueKeys> all;

    RedisLook(RunningRedis running, List<String> modes) {
        List<RedisURI> uris = running.uris().stream().map(RedisURI::create).toList();
        switch (running) {
            case RunningRedis.One ignored -> {
                RedisClient one = RedisClient.create(uris.getFirst());
                this.client = one;
                client.setDefaultTimeout(ANSWER);
                this.redis = one.connect().sync();
            }
            case RunningRedis.Clustered ignored -> {
                RedisClusterClient cluster = RedisClusterClient.create(uris);
                this.client = cluster;
                client.setDefaultTimeout(ANSWER);
                cluster.setOptions(ClusterClientOptions.builder()
                        .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                                .enablePeriodicRefresh(LOOK)
                                .enableAllAdaptiveRefreshTriggers()
                                .build())
                        .build());
                this.redis = cluster.connect().sync();
            }
        }
        this.modes = List.copyOf(modes);
        this.all = modes.stream().map(QueueKeys::new).toList();
    }

    RedisClusterCommands<String, String> commands() {
        return redis;
    }

    /** Who has the lease of the first mode; null if nobody, or if Redis does not answer. */
    @Nullable
    String holder() {
        try {
            return redis.get(all.getFirst().lease());
        } catch (RedisException e) {
            return null;
        }
    }

    /** The last fencing token of each mode, if Redis answers. */
    List<Told.Fence> fences(Instant now) {
        return modes.stream()
                .map(mode -> fence(mode, now))
                .filter(Objects::nonNull)
                .toList();
    }

    /** The last fencing token of the first mode; null if Redis does not answer. */
    Told.@Nullable Fence fence(Instant now) {
        return fence(modes.getFirst(), now);
    }

    /** With the time of Redis at which it was looked at. */
    private Told.@Nullable Fence fence(String mode, Instant now) {
        try {
            List<Object> answer = redis.eval(
                    "local t = redis.call('TIME')"
                            + " return {t[1] * 1000 + math.floor(t[2] / 1000), redis.call('GET', KEYS[1]) or '0'}",
                    ScriptOutputType.MULTI,
                    new QueueKeys(mode).fence());
            return new Told.Fence(
                    now,
                    mode,
                    Long.parseLong(String.valueOf(answer.get(0))),
                    Long.parseLong(String.valueOf(answer.get(1))));
        } catch (RedisException e) {
            return null;
        }
    }

    /** What should be gone when nobody plays any more, and is not. */
    List<String> leftBehind() {
        List<String> left = new ArrayList<>();
        all.forEach(of -> leftBehind(of, left));
        return left;
    }

    /** Ids of the tickets whose players have a claim, by key of the claim. When nobody plays any more, there should be none. */
    Map<String, String> claims() {
        Map<String, String> claims = new HashMap<>();
        each("paddock:player:{*}:ticket", key -> {
            String claim = redis.get(key);
            if (claim != null) {
                claims.put(key, claim.split(" ", -1)[1]);
            }
        });
        return claims;
    }

    private void leftBehind(QueueKeys of, List<String> left) {
        count(left, "tickets in " + of.queue(), redis.zcard(of.queue()));
        count(left, "matches in " + of.live(), redis.zcard(of.live()));
        for (String stream : List.of(of.matches(), of.results())) {
            count(left, "entries in " + stream, redis.xlen(stream));
            if (redis.exists(stream) > 0) {
                count(
                        left,
                        "entries pending in " + stream,
                        redis.xpending(stream, QueueKeys.GROUP).getCount());
            }
        }
        count(left, "offers in " + of.seats(), redis.hlen(of.seats()));
        count(left, "entries in " + of.arrivals(), redis.xlen(of.arrivals()));
    }

    /** How many matches MySQL has that were played to their end. */
    long ended(MysqlDatabase database) {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM matches WHERE state = 'ENDED'")) {
            return rows.next() ? rows.getLong(1) : 0;
        } catch (SQLException e) {
            throw new IllegalStateException("MySQL cannot be read", e);
        }
    }

    Remains remains(MysqlDatabase database, List<String> leftBehind, Map<String, String> claims) {
        Map<String, StoredTicket> tickets = new HashMap<>();
        Map<String, StoredMatch> matches = new HashMap<>();
        List<String> left = new ArrayList<>(leftBehind);
        for (String mode : modes) {
            QueueKeys of = new QueueKeys(mode);
            each(of.ticket("*"), key -> {
                Map<String, String> fields = redis.hgetall(key);
                String id = key.substring(of.ticket("").length());
                tickets.put(
                        id,
                        new StoredTicket(
                                id,
                                fields.getOrDefault("state", "without a state"),
                                fields.get("matchId"),
                                instant(fields.get("endedAt"))));
            });
            each(of.match("*"), key -> {
                String id = key.substring(of.match("").length());
                Map<String, String> fields = redis.hgetall(key);
                matches.put(id, match(id, mode, fields));
                if (fields.containsKey("seating")) {
                    left.add("somebody under way to match " + id + ": " + fields.get("seating"));
                }
            });
        }
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            Map<String, String> written = new HashMap<>();
            try (ResultSet rows = statement.executeQuery("SELECT match_id, state FROM matches")) {
                while (rows.next()) {
                    written.put(rows.getString(1), rows.getString(2));
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT SUM(played) FROM players")) {
                long counted = rows.next() ? rows.getLong(1) : 0;
                return new Remains(tickets, matches, written, counted, left, claims);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("MySQL cannot be read", e);
        }
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }

    private static StoredMatch match(String id, String mode, Map<String, String> fields) {
        Map<String, List<String>> players = new HashMap<>();
        String formedJson = fields.get("formed");
        Instant formedAt = Instant.EPOCH;
        if (formedJson != null) {
            JsonNode formed = Json.read(formedJson, JsonNode.class);
            formedAt = Instant.parse(formed.path("formedAt").asText());
            for (JsonNode player : formed.path("players")) {
                players.computeIfAbsent(player.path("ticketId").asText(), ticket -> new ArrayList<>())
                        .add(player.path("player").path("playerId").asText());
            }
        }
        return new StoredMatch(
                id,
                mode,
                fields.getOrDefault("state", "without a state"),
                fields.get("reason"),
                fields.get("serverId"),
                fields.getOrDefault("entry", ""),
                // A match that asks its players comes to the stream when they have accepted, perhaps under another
                // token.
                fields.containsKey("acceptBy") ? 0 : Long.parseLong(fields.getOrDefault("token", "0")),
                formedAt,
                instant(fields.get("endedAt")),
                players);
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    private void each(String pattern, Consumer<String> action) {
        ScanArgs args = ScanArgs.Builder.matches(pattern.replace("{*}", "*")).limit(PAGE);
        ScanCursor cursor = ScanCursor.INITIAL;
        do {
            KeyScanCursor<String> page = redis.scan(cursor, args);
            page.getKeys().stream().distinct().forEach(action);
            cursor = page;
        } while (!cursor.isFinished());
    }

    private static void count(List<String> left, String what, long count) {
        if (count > 0) {
            left.add(count + " " + what);
        }
    }
}

package dev.paddock.manager.account;

import dev.paddock.manager.rating.Rating;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.redis.RedisUnavailableException;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Players' profiles, kept in Redis so that matchmaking goes on while MySQL is down.
 *
 * <table>
 * <caption>Redis keys</caption>
 * <tr><th>key</th><th>type</th><th>holds</th><th>lives</th></tr>
 * <tr><td>{@code paddock:player:{<playerId>}:profile}</td><td>HASH</td><td>{@code name}, {@code rating}, {@code
 *     uncertainty}, {@code blocked} (ids of players whom this one never wants to meet, between spaces)</td>
 *     <td>30 days from the last login, result or change of whom the player blocks</td></tr>
 * </table>
 */
@Singleton
public final class Profiles {
    private static final Logger LOG = LoggerFactory.getLogger(Profiles.class);
    private static final String BLOCKED = "blocked";
    private static final Duration LIVES = Duration.ofDays(30);

    private final Redis redis;
    private final PlayerStore players;
    private final BlockedStore blocked;

    Profiles(Redis redis, PlayerStore players, BlockedStore blocked) {
        this.redis = redis;
        this.players = players;
        this.blocked = blocked;
    }

    /** What is known; a player of whom nothing can be known now has the rating that everyone starts with. */
    public Profile of(String playerId) {
        Map<String, String> cached = redis.hash(key(playerId));
        String name = cached.get("name");
        String rating = cached.get("rating");
        String uncertainty = cached.get("uncertainty");
        if (name != null && rating != null && uncertainty != null) {
            String blockedIds = cached.get(BLOCKED);
            return new Profile(
                    playerId,
                    name,
                    new Rating(Double.parseDouble(rating), Double.parseDouble(uncertainty)),
                    blockedIds == null ? fillBlocked(playerId) : words(blockedIds));
        }
        return stored(playerId).map(this::keep).orElseGet(() -> new Profile(playerId, "", Rating.FIRST, List.of()));
    }

    /** To be called when MySQL has a new rating for this player. */
    public void changed(String playerId) {
        stored(playerId).ifPresent(this::keep);
    }

    Profile keep(Player player) {
        try {
            redis.putHash(
                    key(player.playerId()),
                    Map.of(
                            "name",
                            player.name(),
                            "rating",
                            Double.toString(player.rating()),
                            "uncertainty",
                            Double.toString(player.uncertainty())),
                    LIVES);
        } catch (RedisUnavailableException e) {
            LOG.warn("profile not cached playerId={} why={}", player.playerId(), e.getMessage());
        }
        return new Profile(
                player.playerId(),
                player.name(),
                new Rating(player.rating(), player.uncertainty()),
                fillBlocked(player.playerId()));
    }

    /** To be called with every change, while nobody else can change the same player's. */
    void keepBlocked(String playerId, List<String> ids) {
        redis.putHash(key(playerId), Map.of(BLOCKED, String.join(" ", ids)), LIVES);
    }

    /** What a change has cached meanwhile is newer than what was read, and stays. */
    private List<String> fillBlocked(String playerId) {
        try {
            List<String> ids = blocked.ids(playerId);
            redis.putFieldIfAbsent(key(playerId), BLOCKED, String.join(" ", ids));
            return ids;
        } catch (DataAccessException | RedisUnavailableException e) {
            LOG.warn("blocked players not known playerId={} why={}", playerId, e.getMessage());
            return List.of();
        }
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    private Optional<Player> stored(String playerId) {
        try {
            return players.find(playerId);
        } catch (DataAccessException e) {
            LOG.warn("profile not read from MySQL playerId={} why={}", playerId, e.getMessage());
            return Optional.empty();
        }
    }

    private static String key(String playerId) {
        return "paddock:player:{" + playerId + "}:profile";
    }
}

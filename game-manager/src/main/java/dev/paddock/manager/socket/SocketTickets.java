package dev.paddock.manager.socket;

import dev.paddock.manager.account.Caller;
import dev.paddock.manager.redis.Redis;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.Json;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Socket tickets: what a browser opens its socket with, because it can set no headers there. Good once, for seconds, so
 * that one in a log of addresses is worth nothing; stored as a hash, so that nobody who reads Redis can use it.
 *
 * <table>
 * <caption>Redis keys</caption>
 * <tr><th>key</th><th>type</th><th>holds</th><th>lives</th></tr>
 * <tr><td>{@code paddock:socket-ticket:{<SHA-256 of the ticket>}}</td><td>STRING</td><td>JSON of {@link Caller}</td>
 *     <td>{@code paddock.socket.ticket-lives}, or until it is used</td></tr>
 * </table>
 */
@Singleton
final class SocketTickets {
    private final Redis redis;
    private final RandomGenerator random;
    private final SocketSettings settings;

    SocketTickets(Redis redis, RandomGenerator random, SocketSettings settings) {
        this.redis = redis;
        this.random = random;
        this.settings = settings;
    }

    SocketTicket give(Caller caller) {
        String ticket = Id.next(random);
        redis.set(key(ticket), Json.text(caller), settings.ticketLives());
        return new SocketTicket(ticket, settings.ticketLives().toSeconds());
    }

    Optional<Caller> take(String ticket) {
        if (!Id.isValid(ticket)) {
            return Optional.empty();
        }
        return Optional.ofNullable(redis.take(key(ticket))).map(json -> Json.read(json, Caller.class));
    }

    private static String key(String ticket) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(StandardCharsets.US_ASCII));
            return "paddock:socket-ticket:{" + HexFormat.of().formatHex(hash) + "}";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What {@code POST /v1/socket-tickets} answers.
     *
     * @param expiresIn seconds
     */
    record SocketTicket(String ticket, long expiresIn) {}
}

package dev.paddock.manager.ticket;

import dev.paddock.manager.account.Caller;
import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.mode.Preferences;
import dev.paddock.manager.mode.Regions;
import dev.paddock.manager.problem.Checks;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.mode.Mode;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Queues a player for what the player asks for: checks it, and fetches what the match will need, the rating and the
 * loadout, while the player's place is taken. Two round trips to Redis after that of the login session's check:
 *
 * <pre>
 * checked ─┬─▶ profile ─┬─▶ enqueue
 *          ├─▶ loadout ─┤
 *          └─▶ claim ───┘
 * </pre>
 */
@Singleton
final class Queueing {
    private final Modes modes;
    private final Regions regions;
    private final TicketPlayers players;
    private final Tickets tickets;
    private final PartyQueueing parties;
    private final RandomGenerator random;

    Queueing(
            Modes modes,
            Regions regions,
            TicketPlayers players,
            Tickets tickets,
            PartyQueueing parties,
            RandomGenerator random) {
        this.modes = modes;
        this.regions = regions;
        this.players = players;
        this.tickets = tickets;
        this.parties = parties;
        this.random = random;
    }

    /** @param key the Idempotency-Key, null if there was none */
    QueueResult queue(Caller caller, TicketRequest request, @Nullable String key) {
        request.check();
        Mode mode = modes.playable(String.valueOf(request.mode()));
        Preferences preferences = request.preferences();
        Checks checks = new Checks();
        preferences.check(checks, mode);
        checks.done();
        String playerId = caller.playerId();
        String ticketId = key == null ? Id.next(random) : ticketId(playerId, mode.name(), key);
        String partyCode = request.partyCode();
        if (partyCode != null) {
            return parties.queue(caller, partyCode, mode, preferences, ticketId);
        }
        Supplier<TicketPlayer> player =
                players.fetch(playerId, caller.name(), preferences.knownLatencies(regions), preferences.knownRoles());
        return tickets.queue(
                playerId,
                mode,
                ticketId,
                () -> new Wish(ticketId, mode, List.of(player.get()), preferences.knownAttributes()));
    }

    /** The ticket that a player's Idempotency-Key stands for: nothing need be kept to find it again. */
    static String ticketId(String playerId, String mode, String key) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            // None of the three can hold a line's end.
            String said = playerId + "\n" + mode + "\n" + key;
            return Id.of(sha256.digest(said.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

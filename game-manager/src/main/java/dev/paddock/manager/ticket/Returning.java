package dev.paddock.manager.ticket;

import dev.paddock.manager.redis.Script;
import java.util.List;

/** How scripts let matched tickets wait again: the Lua that they begin with, and what it must be told of each ticket. */
public final class Returning {
    /** Defines {@code isMatchedIn} and {@code waitAgain}. */
    public static final Script.Piece LUA = Script.Piece.of(Returning.class, "returning.part.lua");

    private Returning() {}

    /** Adds its key, and in this order its id and when it was created in epoch ms. */
    public static void add(Ticket ticket, List<String> keys, List<String> args) {
        keys.add(new QueueKeys(ticket.mode()).ticket(ticket.ticketId()));
        args.add(ticket.ticketId());
        args.add(Long.toString(ticket.createdAt().toEpochMilli()));
    }
}

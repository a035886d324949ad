package dev.paddock.manager.matchmaking;

import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Window;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Waiting tickets as columns of numbers. A ticket has a place, a small number, while it is here; a place that it leaves is
 * given to another. What is looked at a million times in a pass is read from arrays and not from objects.
 *
 * <pre>
 * place        0      1      2     ...
 * ticket       ■      ■      -            the object, for proposals
 * rating     1500   1720                  a party's mean
 * since         0     40                  from when its windows widen, in ms after the crowd's base
 * size          1      3                  players
 * latency eu   12     80                  one column a region
 * node    eu    4      7                  where in the region's Ladder, -1: not there
 * </pre>
 */
final class Crowd {
    /** No latency was named: fits everywhere, at the start of the window. */
    private static final int ANYWHERE = -1;

    /** A region that was not named, or is beyond the limit. */
    private static final int NOWHERE = Integer.MAX_VALUE;

    private static final int LATENCY = 0;
    private static final int NODE = 1;
    private static final int COLUMNS = 2;

    private static final int FIRST = 64;
    private static final long NO_BASE = Long.MIN_VALUE;

    /** Before every turn of a ticket that did not come back: 18 thousand years in microseconds. */
    private static final long RETURNED = -(1L << 59);

    private final Window latency;
    private final List<String> regions;
    private final int regionCount;
    private @Nullable Ticket[] tickets = new Ticket[FIRST];
    private long[] turns = new long[FIRST];
    private double[] ratings = new double[FIRST];
    private long[] since = new long[FIRST];
    private byte[] sizes = new byte[FIRST];
    private byte[] kinds = new byte[FIRST];
    private boolean[] shy = new boolean[FIRST];

    /** For each place and region {@value #COLUMNS} numbers, all of a place beside each other. */
    private int[] there;

    private int[] free = new int[FIRST];
    private int freeCount;
    private int used;

    /** Times are counted from here, in ms after 1970, so that they are small and doubles hold them exactly enough. */
    private long base = NO_BASE;

    Crowd(MatchingRules rules, List<String> regions) {
        this.latency = rules.latency();
        this.regions = regions;
        this.regionCount = regions.size();
        this.there = new int[FIRST * regionCount * COLUMNS];
    }

    /** @return its place */
    int add(Ticket ticket, int kind) {
        int place = freeCount > 0 ? free[--freeCount] : used++;
        if (place == ratings.length) {
            grow(2 * place);
        }
        tickets[place] = ticket;
        ratings[place] = ticket.rating();
        if (base == NO_BASE) {
            base = ticket.createdAt().toEpochMilli();
        }
        since[place] = ticket.createdAt().toEpochMilli() - base;
        turns[place] = turn(ticket);
        shy[place] = false;
        for (TicketPlayer player : ticket.players()) {
            shy[place] |= !player.avoids().isEmpty();
        }
        sizes[place] = (byte) ticket.players().size();
        kinds[place] = (byte) kind;
        Map<String, Integer> measured = ticket.latencies();
        for (int region = 0; region < regionCount; region++) {
            there[at(region, place) + LATENCY] = latency(measured, regions.get(region));
            there[at(region, place) + NODE] = Rungs.NONE;
        }
        return place;
    }

    private int latency(Map<String, Integer> measured, String region) {
        if (measured.isEmpty()) {
            return ANYWHERE;
        }
        Integer here = measured.get(region);
        return here == null || here > latency.limit() ? NOWHERE : here;
    }

    void remove(int place) {
        tickets[place] = null;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * freeCount);
        }
        free[freeCount++] = place;
    }

    /** Places are smaller than this. */
    int capacity() {
        return ratings.length;
    }

    boolean isHere(int place) {
        return tickets[place] != null;
    }

    Ticket ticket(int place) {
        Ticket ticket = tickets[place];
        if (ticket == null) {
            throw new IllegalStateException("no ticket at " + place);
        }
        return ticket;
    }

    /** Whether one of its players avoids somebody. */
    boolean isShy(int place) {
        return shy[place];
    }

    double rating(int place) {
        return ratings[place];
    }

    int size(int place) {
        return sizes[place];
    }

    int kind(int place) {
        return kinds[place];
    }

    /** From when on its windows widen, in ms after the base. */
    long since(int place) {
        return since[place];
    }

    /** A ticket from the future, by another clock, counts as one that came now. */
    void notAfter(int place, long now) {
        since[place] = Math.min(since[place], now);
    }

    int node(int region, int place) {
        return there[at(region, place) + NODE];
    }

    void node(int region, int place, int node) {
        there[at(region, place) + NODE] = node;
    }

    private int at(int region, int place) {
        return (place * regionCount + region) * COLUMNS;
    }

    int regions() {
        return regionCount;
    }

    double latency(int region, int place) {
        int measured = there[at(region, place) + LATENCY];
        if (measured == ANYWHERE) {
            return latency.start();
        }
        return measured == NOWHERE ? Double.POSITIVE_INFINITY : measured;
    }

    /** When its latency window lets it play there, in ms, or {@link Window#NEVER}. */
    long opens(int region, int place) {
        int measured = there[at(region, place) + LATENCY];
        if (measured == ANYWHERE) {
            return since[place];
        }
        long wait = measured == NOWHERE ? Window.NEVER : latency.millisUntil(measured - Tolerance.RATING);
        return wait == Window.NEVER ? Window.NEVER : since[place] + wait;
    }

    /** The order on a ladder: by rating; of equal ones by turn, then by id, so that it is the same every time. */
    int byRating(int one, int other) {
        int order = Double.compare(ratings[one], ratings[other]);
        if (order != 0 || one == other) {
            return order;
        }
        order = Long.compare(turns[one], turns[other]);
        return order != 0
                ? order
                : ticket(one).ticketId().compareTo(ticket(other).ticketId());
    }

    /** Orders as {@link #byRating} does, but for equal ratings. */
    long ratingKey(int place) {
        long bits = Double.doubleToLongBits(ratings[place]);
        // Of negative numbers the larger bits are the smaller number.
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }

    /** Orders as {@link #byTurn} does, but for equal turns. */
    long turnKey(int place) {
        return turns[place];
    }

    /** The order in which tickets choose: those that came back, then the older. */
    int byTurn(int one, int other) {
        int order = Long.compare(turns[one], turns[other]);
        return order != 0 ? order : byRating(one, other);
    }

    /** Lower chooses first. */
    static long turn(Ticket ticket) {
        Instant created = ticket.createdAt();
        long micros = created.getEpochSecond() * 1_000_000 + created.getNano() / 1000;
        return ticket.returned() ? micros + RETURNED : micros;
    }

    /** Whether a player of one never wants to meet a player of the other. */
    boolean avoid(int one, int other) {
        if (!shy[one] && !shy[other]) {
            return false;
        }
        return Inspection.avoids(ticket(one), ticket(other)) || Inspection.avoids(ticket(other), ticket(one));
    }

    /** A moment as this crowd counts: ms after its base. */
    long since(Instant moment) {
        return moment.toEpochMilli() - (base == NO_BASE ? 0 : base);
    }

    /** The other way. */
    Instant instant(long moment) {
        return Instant.ofEpochMilli(moment + (base == NO_BASE ? 0 : base));
    }

    /** Adds all tickets to a list. */
    void addTo(List<Ticket> all) {
        for (int place = 0; place < used; place++) {
            Ticket ticket = tickets[place];
            if (ticket != null) {
                all.add(ticket);
            }
        }
    }

    /** Shows everybody, to somebody who asks for the one whose turn that is. */
    void show(Glimpse glimpse, long turn) {
        for (int place = 0; place < used; place++) {
            Ticket ticket = tickets[place];
            if (ticket != null) {
                glimpse.pass(
                        ticket, sizes[place], turns[place] < RETURNED / 2, turns[place] < turn, since[place] + base);
            }
        }
    }

    private void grow(int capacity) {
        tickets = Arrays.copyOf(tickets, capacity);
        turns = Arrays.copyOf(turns, capacity);
        shy = Arrays.copyOf(shy, capacity);
        ratings = Arrays.copyOf(ratings, capacity);
        since = Arrays.copyOf(since, capacity);
        sizes = Arrays.copyOf(sizes, capacity);
        kinds = Arrays.copyOf(kinds, capacity);
        there = Arrays.copyOf(there, capacity * regionCount * COLUMNS);
    }
}

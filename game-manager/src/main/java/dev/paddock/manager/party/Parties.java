package dev.paddock.manager.party;

import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.party.Party.Member;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.redis.Script;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.frame.Frame;
import dev.paddock.protocol.frame.PlayerEvent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parties in Redis, each change one script. Every change is told to all members.
 *
 * <table>
 * <caption>Redis keys</caption>
 * <tr><th>key</th><th>type</th><th>holds</th><th>lives</th></tr>
 * <tr><td>{@code paddock:{party}:<code>}</td><td>HASH</td><td>{@code code leader mode version ends} (epoch ms), and for
 *     each member {@code member:<playerId>} (JSON of {@link Member}) and {@code joined:<playerId>} (the version with which
 *     the member came)</td><td>{@link #LIVES} after the last change, {@link #LONGEST} at most; until the last member has
 *     left</td></tr>
 * <tr><td>{@code paddock:{party}:of:<playerId>}</td><td>STRING</td><td>the code of the party that the player is in; true
 *     only if that party has the player</td><td>longer than the party can</td></tr>
 * </table>
 */
@Singleton
public final class Parties {
    static final Duration LIVES = Duration.ofHours(12);
    static final Duration LONGEST = Duration.ofDays(3);

    /** As many as the largest team of any mode has places. */
    static final int MOST_MEMBERS = 100;

    private static final Script CREATE = Script.of(Parties.class, "create.lua");
    private static final Script JOIN = Script.of(Parties.class, "join.lua");
    private static final Script LEAVE = Script.of(Parties.class, "leave.lua");

    static final List<Script> SCRIPTS = List.of(CREATE, JOIN, LEAVE);

    /** No letters and digits that look alike. Eight of 31 are 40 bits: nobody finds one by trying. */
    private static final char[] ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ".toCharArray();

    private static final int LENGTH = 8;
    private static final Pattern CODE = Pattern.compile("[2-9A-HJKMNP-Z]{8}");
    private static final int TRIES = 4;

    private final Redis redis;
    private final Bus bus;
    private final InstantSource time;
    private final RandomGenerator random;
    private final List<Consumer<String>> onLeft = new CopyOnWriteArrayList<>();

    Parties(Redis redis, Bus bus, InstantSource time, RandomGenerator random) {
        this.redis = redis;
        this.bus = bus;
        this.time = time;
        this.random = random;
    }

    /** Whether it could be the code of a party. */
    public static boolean isCode(String text) {
        return CODE.matcher(text).matches();
    }

    public Optional<Party> find(String code) {
        return isCode(code) ? Party.of(redis.hash(key(code))) : Optional.empty();
    }

    /** The party that the player is in. */
    public Optional<Party> of(String playerId) {
        return Optional.ofNullable(redis.get(pointer(playerId)))
                .flatMap(this::find)
                .filter(party -> party.member(playerId).isPresent());
    }

    /** Hears the id of every player who has left a party by this replica. */
    public void onLeft(Consumer<String> listener) {
        onLeft.add(listener);
    }

    PartyResult create(Member member, @Nullable String mode) {
        String over = "";
        for (int tries = 0; tries < TRIES; tries++) {
            String code = code();
            List<String> answer = run(
                    CREATE,
                    code,
                    member.playerId(),
                    Json.text(member),
                    mode == null ? "" : mode,
                    millis(LIVES),
                    millis(LONGEST),
                    over);
            switch (answer.getFirst()) {
                case "DONE" -> {
                    Party party = party(answer);
                    tell(party);
                    return new PartyResult.Done(party);
                }
                case "IN" -> {
                    if (isMember(answer.get(1), member.playerId())) {
                        return new PartyResult.InAnother(answer.get(1));
                    }
                    over = answer.get(1);
                }
                default -> over = "";
            }
        }
        throw new IllegalStateException("no code for a party was free, playerId=" + member.playerId());
    }

    /** @param most how many members it may have */
    PartyResult join(String code, Member member, int most) {
        PartyResult result = join(code, member, most, "");
        // What the player was in may have ended by itself.
        if (result instanceof PartyResult.InAnother(String other) && !isMember(other, member.playerId())) {
            return join(code, member, most, other);
        }
        return result;
    }

    /** A member says anew how and where he can play. */
    PartyResult change(String code, Member member) {
        return put(code, member, MOST_MEMBERS, "", "change");
    }

    /** What came of a wish that somebody leaves. */
    enum Leaving {
        /** Now or before. */
        DONE,
        /** Only the leader takes others out. */
        FORBIDDEN,
        /** Who asks is in no such party. */
        UNKNOWN
    }

    /**
     * Whoever listens has heard of it when this returns.
     *
     * @param by who asks: the player, or the leader
     */
    Leaving leave(String code, String playerId, String by) {
        List<String> answer = run(LEAVE, code, playerId, by);
        switch (answer.getFirst()) {
            case "FORBIDDEN" -> {
                return Leaving.FORBIDDEN;
            }
            case "UNKNOWN" -> {
                return Leaving.UNKNOWN;
            }
            default -> {
                // On a repetition too: whoever took the player out may have died before this.
                onLeft.forEach(listener -> listener.accept(playerId));
                tellLeft(code, playerId, answer);
                return Leaving.DONE;
            }
        }
    }

    private void tellLeft(String code, String playerId, List<String> answer) {
        if (!answer.getFirst().equals("DONE")) {
            return;
        }
        if (answer.size() > 1) {
            tell(party(answer));
        }
        bus.publish(
                Subjects.player(playerId),
                new PlayerEvent.Push(new Frame.PartyUpdated(code + ".left", time.instant(), code, null)));
    }

    private PartyResult join(String code, Member member, int most, String over) {
        return put(code, member, most, over, "join");
    }

    private PartyResult put(String code, Member member, int most, String over, String how) {
        List<String> answer = run(
                JOIN,
                code,
                member.playerId(),
                Json.text(member),
                Integer.toString(most),
                millis(LIVES),
                millis(LONGEST),
                over,
                how);
        return switch (answer.getFirst()) {
            case "DONE" -> {
                Party party = party(answer);
                tell(party);
                yield new PartyResult.Done(party);
            }
            case "SAME" -> new PartyResult.Done(party(answer));
            case "IN" -> new PartyResult.InAnother(answer.get(1));
            case "FULL" -> new PartyResult.Full(most);
            default -> new PartyResult.Unknown();
        };
    }

    private void tell(Party party) {
        PlayerEvent event = new PlayerEvent.Push(new Frame.PartyUpdated(
                party.code() + "." + party.version(), time.instant(), party.code(), party.view()));
        bus.publish(
                party.members().stream()
                        .map(member -> Subjects.player(member.playerId()))
                        .toList(),
                event);
    }

    private boolean isMember(String code, String playerId) {
        return find(code).flatMap(party -> party.member(playerId)).isPresent();
    }

    private List<String> run(Script script, String code, String playerId, String... args) {
        List<String> all = new ArrayList<>(List.of(code, playerId));
        all.addAll(List.of(args));
        return redis.runForList(script, List.of(key(code), pointer(playerId)), all).stream()
                .map(String::valueOf)
                .toList();
    }

    private static Party party(List<String> answer) {
        Map<String, String> hash = new HashMap<>();
        for (int i = 1; i + 1 < answer.size(); i += 2) {
            hash.put(answer.get(i), answer.get(i + 1));
        }
        return Party.of(hash)
                .orElseThrow(() -> new IllegalStateException("a party without a leader: " + hash.keySet()));
    }

    private String code() {
        char[] code = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            code[i] = ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return new String(code);
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private static String key(String code) {
        return "paddock:{party}:" + code;
    }

    private static String pointer(String playerId) {
        return "paddock:{party}:of:" + playerId;
    }
}

package dev.paddock.director.operator;

import dev.paddock.crds.GameServer;
import dev.paddock.director.fleet.ServerBook;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Everything that is seen of a server at one moment, and since when: by this operator's clock alone, as others may be wrong. */
final class Sight {
    /** Of more servers nobody need know since when; one that is seen again begins anew, and is late a little later. */
    private static final int REMEMBERED = 10_000;

    private final ServerBook book;
    private final InstantSource time;
    private final Predicate<Pod> hasLostItsNode;
    private final SequencedMap<String, ServerStep.First> firsts = new LinkedHashMap<>();

    Sight(ServerBook book, InstantSource time, Predicate<Pod> hasLostItsNode) {
        this.book = book;
        this.time = time;
        this.hasLostItsNode = hasLostItsNode;
    }

    ServerStep.Seen of(GameServer server, @Nullable Pod pod) {
        Instant now = time.instant();
        return new ServerStep.Seen(
                server,
                pod,
                pod != null && hasLostItsNode.test(pod),
                book.view(server.getMetadata().getName()).orElse(null),
                first(server, now),
                now);
    }

    private synchronized ServerStep.First first(GameServer server, Instant now) {
        ServerStep.First first = firsts.computeIfAbsent(
                server.getMetadata().getUid(), uid -> new ServerStep.First(now, server.getStatus() == null));
        if (firsts.size() > REMEMBERED) {
            firsts.pollFirstEntry();
        }
        return first;
    }
}

package dev.paddock.e2e;

import static org.awaitility.Awaitility.await;

import dev.paddock.crds.GameServer;
import dev.paddock.crds.GameServerSpec;
import dev.paddock.crds.ServerPhase;
import dev.paddock.crds.ServerTemplate;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that makes directors write, again and again: matches with and without a standby, one whose pod is taken away, servers
 * that somebody declares by hand, a good and a broken one, a mode that comes and goes; and a lease
 * that is taken away, so that each director may be the one that makes it.
 */
final class Unrest {
    /** A mode without standbys. */
    static final String COLD = "cold-race";

    /** Another one, whose matches lose their server. */
    static final String DOOMED = "doomed-race";

    /** A mode that nobody plays: as soon as it can be, it goes. */
    static final String PASSING = "passing-race";

    /** Longer than players are patient. */
    private static final Duration END = Duration.ofMinutes(6);

    /** Leaders need a while for what only they do. */
    private static final int STIRS_OF_A_LEASE = 40;

    private final ClusterPlatform platform;
    private final Map<String, Play> playing = new HashMap<>();
    private final List<Play> all = new ArrayList<>();
    private int declared;
    private int stirred;

    Unrest(ClusterPlatform platform) {
        this.platform = platform;
    }

    /** Goes on with each of it that has come to its end. */
    synchronized void stir() {
        again(ClusterPlatform.MODE);
        again(COLD);
        again(DOOMED);
        takeDoomedAway();
        byHand("spare", GameServerImage.NAME);
        byHand("broken", "localhost/paddock/no-such-image:1");
        comeOrGo();
        if (++stirred % STIRS_OF_A_LEASE == 0) {
            platform.deleteLeases();
        }
    }

    /** Nothing new begins; what has begun comes to its end. */
    synchronized void everybodyWasTold() {
        await("all matches have come to their end")
                .atMost(END)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    takeDoomedAway();
                    return all.stream().allMatch(Play::isOver);
                });
        all.forEach(Play::everybodyWasTold);
    }

    private void takeDoomedAway() {
        for (GameServer server : platform.servers(ServerPhase.IN_MATCH)) {
            if (server.getSpec().mode().equals(DOOMED)) {
                platform.pod(server).withGracePeriod(0).delete();
            }
        }
    }

    private void again(String mode) {
        Play before = playing.get(mode);
        if (before == null || before.isOver()) {
            Play next = mode.equals(DOOMED) ? Play.race(platform, mode, 2) : Play.join(platform, mode, 2);
            playing.put(mode, next);
            all.add(next);
        }
    }

    private void comeOrGo() {
        if (platform.offers(PASSING)) {
            platform.deleteMode(PASSING);
        } else {
            platform.apply(PASSING, 0, GameServerImage.NAME);
        }
    }

    private void byHand(String kind, String image) {
        boolean isThere = platform.servers().stream()
                .filter(server -> !ClusterPlatform.phase(server).isEnd())
                .anyMatch(server -> server.getMetadata().getName().startsWith(kind));
        if (isThere) {
            return;
        }
        GameServer server = new GameServer();
        server.setMetadata(new ObjectMetaBuilder()
                .withName(kind + "-" + declared++)
                .withNamespace(platform.namespace())
                .build());
        server.setSpec(new GameServerSpec(ClusterPlatform.MODE, null, ServerTemplate.of(image)));
        platform.client().resource(server).create();
    }
}

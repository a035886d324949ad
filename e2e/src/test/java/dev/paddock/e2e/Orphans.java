package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.crds.GameServer;
import dev.paddock.crds.ServerPhase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What nobody needs any more and is there all the same, in a namespace where nobody plays. */
final class Orphans {
    /** A server that never started is given up after a minute; then it is kept for a look, and its pod ends. */
    private static final Duration LONGEST = Duration.ofSeconds(100);

    private static final String SERVER = "paddock.dev/server";

    private Orphans() {}

    /** Waits until there are none, and as many standbys as all modes want together. */
    static void awaitNone(ClusterPlatform platform, int standbys) {
        await("nothing is left of matches that are over, and " + standbys + " stand by")
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(in(platform, standbys)).isEmpty());
    }

    private static List<String> in(ClusterPlatform platform, int standbys) {
        List<GameServer> servers = platform.servers();
        Set<String> declared = names(servers);
        List<GameServer> live = servers.stream()
                .filter(server -> !ClusterPlatform.phase(server).isEnd())
                .toList();
        List<Pod> pods = platform.client()
                .pods()
                .inNamespace(platform.namespace())
                .withLabel(SERVER)
                .list()
                .getItems();
        List<Secret> secrets = platform.client()
                .secrets()
                .inNamespace(platform.namespace())
                .withLabel(SERVER)
                .list()
                .getItems();
        List<Pod> running = pods.stream().filter(Orphans::runs).toList();
        List<String> found = new ArrayList<>();
        missing(names(pods), declared).forEach(name -> found.add("pod " + name + " has no GameServer"));
        secrets.stream()
                .filter(secret ->
                        !declared.contains(secret.getMetadata().getLabels().get(SERVER)))
                .forEach(secret -> found.add("Secret " + secret.getMetadata().getName() + " has no GameServer"));
        missing(names(running), names(live)).forEach(name -> found.add("pod " + name + " outlives its GameServer"));
        missing(names(live), names(running)).forEach(name -> found.add("GameServer " + name + " has no pod"));
        live.stream()
                .filter(server -> ClusterPlatform.phase(server) != ServerPhase.STANDBY)
                .forEach(server -> found.add(
                        "GameServer " + server.getMetadata().getName() + " is " + ClusterPlatform.phase(server)));
        if (live.size() != standbys) {
            found.add(live.size() + " servers, and " + standbys + " are wanted");
        }
        return found;
    }

    private static boolean runs(Pod pod) {
        return !Set.of("Succeeded", "Failed")
                .contains(String.valueOf(pod.getStatus().getPhase()));
    }

    private static List<String> missing(Set<String> names, Set<String> in) {
        return names.stream().filter(name -> !in.contains(name)).toList();
    }

    private static Set<String> names(List<? extends HasMetadata> objects) {
        return objects.stream().map(object -> object.getMetadata().getName()).collect(Collectors.toSet());
    }
}

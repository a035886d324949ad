package dev.paddock.director.operator;

import dev.paddock.crds.GameServer;
import dev.paddock.crds.GameServerStatus;
import dev.paddock.crds.ServerPhase;
import dev.paddock.director.fleet.ServerBook;
import dev.paddock.director.kubernetes.Declarations;
import dev.paddock.director.kubernetes.KubernetesSettings;
import dev.paddock.director.kubernetes.Labels;
import dev.paddock.director.kubernetes.PodSeen;
import dev.paddock.director.kubernetes.ServerObjects;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what {@link ServerStep} says. Each step may be done twice, by two operators at once, or be the last before a crash. */
final class GameServerReconciler implements Reconciler<GameServer> {
    /** Nothing is waited for by looking alone; this is for what a watch might have missed. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    /** Until the watch has brought the key that a server was given. */
    private static final Duration KEY_SEEN = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(GameServerReconciler.class);

    private final ServerBook book;
    private final Declarations declarations;
    private final KubernetesSettings settings;
    private final ServerStep.Times times;
    private final Spoken spoken;
    private final InstantSource time;

    GameServerReconciler(
            ServerBook book,
            Declarations declarations,
            KubernetesSettings settings,
            ServerStep.Times times,
            Spoken spoken,
            InstantSource time) {
        this.book = book;
        this.declarations = declarations;
        this.settings = settings;
        this.times = times;
        this.spoken = spoken;
        this.time = time;
    }

    @Override
    public List<EventSource<?, GameServer>> prepareEventSources(EventSourceContext<GameServer> context) {
        var pods = InformerEventSourceConfiguration.from(Pod.class, GameServer.class)
                .withLabelSelector(Labels.SERVER)
                .withNamespacesInheritedFromController()
                .build();
        return List.of(new InformerEventSource<>(pods, context), spoken.source());
    }

    @Override
    public UpdateControl<GameServer> reconcile(GameServer server, Context<GameServer> context)
            throws InterruptedException {
        Pod pod = context.getSecondaryResource(Pod.class)
                .or(() -> isToldOfAPod(server) ? present(server, context.getClient()) : Optional.empty())
                .orElse(null);
        ServerStep.Seen seen = seen(server, pod);
        return switch (ServerStep.of(seen, times)) {
            case ServerStep.GiveKey _ -> {
                declarations.giveKey(server);
                yield UpdateControl.<GameServer>noUpdate().rescheduleAfter(KEY_SEEN);
            }
            case ServerStep.MakePod _ -> {
                Pod made = make(server, context.getClient());
                yield say(seen(server, made), ServerPhase.STARTING, "PodCreated", "its pod has no node yet");
            }
            case ServerStep.Say say -> say(seen, say.phase(), say.reason(), say.message());
            case ServerStep.End end -> {
                LOG.info(
                        "a server is over serverId={} mode={} phase={} reason={} message={}",
                        server.getMetadata().getName(),
                        server.getSpec().mode(),
                        end.phase(),
                        end.reason(),
                        end.message());
                endPod(seen, context.getClient());
                yield say(seen, end.phase(), end.reason(), end.message());
            }
            case ServerStep.Keep keep -> UpdateControl.<GameServer>noUpdate().rescheduleAfter(keep.longer());
            case ServerStep.Remove _ -> {
                context.getClient().resource(server).delete();
                yield UpdateControl.noUpdate();
            }
        };
    }

    private ServerStep.Seen seen(GameServer server, @Nullable Pod pod) {
        return new ServerStep.Seen(
                server, pod, book.view(server.getMetadata().getName()).orElse(null), time.instant());
    }

    /** Only then is it worth a question: a watch may be behind by a moment, and "gone" is final. */
    private static boolean isToldOfAPod(GameServer server) {
        return server.getStatus() != null
                && server.getStatus().phase() != null
                && server.getStatus().phase() != ServerPhase.PENDING
                && !server.getStatus().phase().isEnd();
    }

    private static Optional<Pod> present(GameServer server, KubernetesClient client) {
        return Optional.ofNullable(client.pods()
                .inNamespace(server.getMetadata().getNamespace())
                .withName(server.getMetadata().getName())
                .get());
    }

    private @Nullable Pod make(GameServer server, KubernetesClient client) {
        Pod pod = new ServerPod(settings).of(server);
        try {
            return client.resource(pod).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            // Another operator was as quick, or this one was restarted between the pod and the status.
            return present(server, client).orElse(null);
        }
    }

    private void endPod(ServerStep.Seen seen, KubernetesClient client) {
        Pod pod = seen.pod();
        if (pod == null || PodSeen.of(pod) instanceof PodSeen.Gone || !ServerObjects.isOwned(pod, seen.server())) {
            return;
        }
        client.resource(pod).withGracePeriod(settings.stopWithin().toSeconds()).delete();
    }

    private UpdateControl<GameServer> say(ServerStep.Seen seen, ServerPhase phase, String reason, String message) {
        GameServerStatus status =
                ServerStatus.of(seen, declarations.placement(seen.server()).orElse(null), phase, reason, message);
        if (status.equals(seen.server().getStatus())) {
            return UpdateControl.<GameServer>noUpdate().rescheduleAfter(LOOK_AGAIN);
        }
        GameServer said = new GameServer();
        said.setMetadata(new ObjectMetaBuilder()
                .withName(seen.server().getMetadata().getName())
                .withNamespace(seen.server().getMetadata().getNamespace())
                .build());
        said.setStatus(status);
        return UpdateControl.patchStatus(said).rescheduleAfter(phase.isEnd() ? times.keepFinished() : LOOK_AGAIN);
    }
}

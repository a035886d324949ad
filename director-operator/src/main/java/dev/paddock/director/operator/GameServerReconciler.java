package dev.paddock.director.operator;

import dev.paddock.crds.GameServer;
import dev.paddock.crds.GameServerStatus;
import dev.paddock.crds.ServerPhase;
import dev.paddock.director.kubernetes.Declarations;
import dev.paddock.director.kubernetes.Labels;
import dev.paddock.director.kubernetes.PodSeen;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what {@link ServerStep} says. Each step may be done twice, by two operators at once, or be the last before a crash. */
final class GameServerReconciler implements Reconciler<GameServer> {
    /** Nothing is waited for by looking alone; this is for what a watch might have missed. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    /** Until the watch has brought the key that a server was given. */
    private static final Duration KEY_SEEN = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(GameServerReconciler.class);

    private final Sight sight;
    private final Declarations declarations;
    private final ServerPods pods;
    private final ServerStep.Times times;
    private final Spoken spoken;
    private final ServerNews news;

    GameServerReconciler(
            Sight sight,
            Declarations declarations,
            ServerPods pods,
            ServerStep.Times times,
            Spoken spoken,
            ServerNews news) {
        this.sight = sight;
        this.declarations = declarations;
        this.pods = pods;
        this.times = times;
        this.spoken = spoken;
        this.news = news;
    }

    @Override
    public List<EventSource<?, GameServer>> prepareEventSources(EventSourceContext<GameServer> context) {
        var source = InformerEventSourceConfiguration.from(Pod.class, GameServer.class)
                .withLabelSelector(Labels.SERVER)
                .withNamespacesInheritedFromController()
                .build();
        return List.of(new InformerEventSource<>(source, context), spoken.source());
    }

    @Override
    public UpdateControl<GameServer> reconcile(GameServer server, Context<GameServer> context)
            throws InterruptedException {
        ServerStep.Seen seen = sight.of(server, pods.of(server, context.getSecondaryResource(Pod.class)));
        return switch (ServerStep.of(seen, times)) {
            case ServerStep.GiveKey _ -> {
                declarations.finish(server);
                yield UpdateControl.<GameServer>noUpdate().rescheduleAfter(KEY_SEEN);
            }
            case ServerStep.MakePod _ -> makePod(server, seen);
            case ServerStep.Say say -> {
                if (say.phase() == ServerPhase.IN_MATCH) {
                    pods.markInMatch(Objects.requireNonNull(seen.pod()));
                }
                if (say.phase() == ServerPhase.STARTING && seen.mayLackSecret()) {
                    finish(server);
                }
                yield say(seen, say.phase(), say.reason(), say.message());
            }
            case ServerStep.End end -> end(seen, end);
            case ServerStep.NeverMade never -> neverMade(seen, never);
            case ServerStep.EndRest _ -> {
                pods.endAll(Objects.requireNonNull(seen.pod()));
                yield UpdateControl.<GameServer>noUpdate().rescheduleAfter(times.keepFinished());
            }
            case ServerStep.Keep keep -> UpdateControl.<GameServer>noUpdate().rescheduleAfter(keep.longer());
            case ServerStep.Remove _ -> {
                context.getClient().resource(server).delete();
                yield UpdateControl.noUpdate();
            }
        };
    }

    private void finish(GameServer server) throws InterruptedException {
        try {
            declarations.finish(server);
        } catch (KubernetesClientException e) {
            LOG.warn(
                    "it is not known whether a server has its Secret; it is tried again serverId={} why={}",
                    server.getMetadata().getName(),
                    e.getMessage());
        }
    }

    private UpdateControl<GameServer> makePod(GameServer server, ServerStep.Seen seen) {
        try {
            Pod made = pods.make(server);
            return say(sight.of(server, made), ServerPhase.STARTING, PodSeen.CREATED, "its pod has no node yet");
        } catch (ServerPods.RefusedException e) {
            return end(seen, new ServerStep.End(ServerPhase.FAILED, "PodRefused", String.valueOf(e.getMessage())));
        }
    }

    private UpdateControl<GameServer> neverMade(ServerStep.Seen seen, ServerStep.NeverMade never) {
        Optional<Event> complaint = pods.complaint(seen.server());
        return end(
                seen,
                new ServerStep.End(
                        ServerPhase.FAILED,
                        complaint.map(Event::getReason).orElse(never.reason()),
                        never.message()
                                + complaint
                                        .map(event -> "; " + event.getMessage())
                                        .orElse("")));
    }

    private UpdateControl<GameServer> end(ServerStep.Seen seen, ServerStep.End end) {
        LOG.info(
                "a server is over serverId={} mode={} phase={} reason={} message={}",
                seen.server().getMetadata().getName(),
                seen.server().getSpec().mode(),
                end.phase(),
                end.reason(),
                end.message());
        pods.end(seen.server(), seen.pod());
        return say(seen, end.phase(), end.reason(), end.message());
    }

    private UpdateControl<GameServer> say(ServerStep.Seen seen, ServerPhase phase, String reason, String message) {
        GameServerStatus status =
                ServerStatus.of(seen, declarations.placement(seen.server()).orElse(null), phase, reason, message);
        news.count(seen, status);
        Optional<Duration> wait = Patience.before(seen, status);
        if (wait.isEmpty()) {
            return UpdateControl.<GameServer>noUpdate().rescheduleAfter(LOOK_AGAIN);
        }
        if (wait.get().isPositive()) {
            return UpdateControl.<GameServer>noUpdate().rescheduleAfter(wait.get());
        }
        news.tell(seen, status);
        GameServer said = new GameServer();
        said.setMetadata(new ObjectMetaBuilder()
                .withName(seen.server().getMetadata().getName())
                .withNamespace(seen.server().getMetadata().getNamespace())
                .build());
        said.setStatus(status);
        return UpdateControl.patchStatus(said).rescheduleAfter(phase.isEnd() ? times.stopWithin() : LOOK_AGAIN);
    }
}

package dev.paddock.director.operator;

import dev.paddock.crds.GameMode;
import dev.paddock.crds.GameModeStatus;
import dev.paddock.crds.GameServer;
import dev.paddock.director.mode.KnownMode;
import dev.paddock.director.operator.ModeStatus.Played;
import dev.paddock.director.standby.Headroom;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says in a mode's status how its servers are. That they are there is the {@code standby} package's work. */
final class GameModeReconciler implements Reconciler<GameMode> {
    /** How many wait for a match changes without any server; a look costs the API server nothing. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    /** Reasons that do not pass by themselves. */
    private static final Set<String> TROUBLE = Set.of("ServersFail", "Stopped");

    private final Headroom headroom;
    private final Happenings happenings;
    private final InstantSource time;
    private @Nullable InformerEventSource<GameServer, GameMode> servers;

    GameModeReconciler(Headroom headroom, Happenings happenings, InstantSource time) {
        this.headroom = headroom;
        this.happenings = happenings;
        this.time = time;
    }

    @Override
    public List<EventSource<?, GameMode>> prepareEventSources(EventSourceContext<GameMode> context) {
        var configuration = InformerEventSourceConfiguration.from(GameServer.class, GameMode.class)
                .withSecondaryToPrimaryMapper(GameModeReconciler::modeOf)
                .withPrimaryToSecondaryMapper(mode -> Set.of())
                .withNamespacesInheritedFromController()
                .build();
        InformerEventSource<GameServer, GameMode> source = new InformerEventSource<>(configuration, context);
        servers = source;
        return List.of(source);
    }

    @Override
    public UpdateControl<GameMode> reconcile(GameMode mode, Context<GameMode> context) {
        String namespace = mode.getMetadata().getNamespace();
        String name = mode.getMetadata().getName();
        List<GameServer> own = Objects.requireNonNull(servers)
                .list(namespace, server -> name.equals(server.getSpec().mode()))
                .toList();
        return say(mode, own);
    }

    private static Set<ResourceID> modeOf(GameServer server) {
        return Set.of(
                new ResourceID(server.getSpec().mode(), server.getMetadata().getNamespace()));
    }

    private UpdateControl<GameMode> say(GameMode mode, List<GameServer> servers) {
        KnownMode known = KnownMode.of(mode.getMetadata().getName(), mode.getSpec());
        GameModeStatus before = mode.getStatus();
        if (before != null && before.serving() != null) {
            known = known.from(before.serving());
        }
        Played played =
                new Played(headroom.wanted(known), headroom.queued(known.name()).orElse(null));
        GameModeStatus status = ModeStatus.of(mode, known, played, servers, time.instant());
        if (before != null && status.equals(before.withoutServing())) {
            return UpdateControl.<GameMode>noUpdate().rescheduleAfter(LOOK_EVERY);
        }
        Happening.between(
                        before == null ? null : before.conditions(),
                        status.conditions(),
                        condition -> TROUBLE.contains(condition.getReason()))
                .forEach(happening -> happenings.say(mode, happening));
        GameMode said = new GameMode();
        said.setMetadata(new ObjectMetaBuilder()
                .withName(mode.getMetadata().getName())
                .withNamespace(mode.getMetadata().getNamespace())
                .build());
        said.setStatus(status);
        return UpdateControl.patchStatus(said).rescheduleAfter(LOOK_EVERY);
    }
}

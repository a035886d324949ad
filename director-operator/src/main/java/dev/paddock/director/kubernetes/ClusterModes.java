package dev.paddock.director.kubernetes;

import dev.paddock.crds.GameMode;
import dev.paddock.crds.GameModeStatus;
import dev.paddock.crds.ServerTemplate;
import dev.paddock.director.mode.KnownMode;
import dev.paddock.director.mode.Modes;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code GameMode} resources of the namespace. The API server lets no wrong one in; one that was there before its rules
 * were, and that cannot be read, leaves its mode as it was.
 */
@Singleton
@Requires(property = "paddock.director.backend", value = "kubernetes")
final class ClusterModes implements Modes, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterModes.class);

    private static final PatchContext ROLLOUT = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("paddock-rollout")
            .withForce(true)
            .build();

    private final Kube kube;
    private final Map<String, KnownMode> modes = new ConcurrentHashMap<>();
    private final AtomicBoolean changed = new AtomicBoolean();
    private final SharedIndexInformer<GameMode> informer;

    ClusterModes(Kube kube) {
        this.kube = kube;
        this.informer = Watch.start(kube.client().resources(GameMode.class).inNamespace(kube.namespace()), new Seen());
    }

    @Override
    public boolean areRead() {
        return informer.hasSynced();
    }

    @Override
    public Optional<KnownMode> find(String name) {
        return Optional.ofNullable(modes.get(name));
    }

    @Override
    public List<KnownMode> all() {
        return List.copyOf(modes.values());
    }

    @Override
    public boolean reload() {
        return changed.getAndSet(false);
    }

    @Override
    @PreDestroy
    public void close() {
        informer.close();
    }

    /** In the mode's status, where every director reads it; the field is this class's alone. */
    @Override
    public void rolledOut(KnownMode next) {
        GameMode said = new GameMode();
        said.setMetadata(new ObjectMetaBuilder()
                .withName(next.name())
                .withNamespace(kube.namespace())
                .build());
        said.setStatus(GameModeStatus.serving(next.server()));
        kube.client().resource(said).subresource("status").patch(ROLLOUT);
    }

    private static @Nullable ServerTemplate serving(GameMode mode) {
        return mode.getStatus() == null ? null : mode.getStatus().serving();
    }

    private void put(GameMode mode) {
        String name = mode.getMetadata().getName();
        if (mode.getMetadata().getDeletionTimestamp() != null) {
            remove(name);
            return;
        }
        try {
            KnownMode written = KnownMode.of(name, mode.getSpec());
            ServerTemplate serving = serving(mode);
            KnownMode known = serving == null ? written.unnoted() : written.from(serving);
            if (!known.equals(modes.put(name, known))) {
                changed.set(true);
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("a mode is wrong, and stays as it was mode={} why={}", name, e.getMessage());
        }
    }

    private void remove(String name) {
        if (modes.remove(name) != null) {
            changed.set(true);
        }
    }

    private final class Seen implements ResourceEventHandler<GameMode> {
        @Override
        public void onAdd(GameMode mode) {
            put(mode);
        }

        @Override
        public void onUpdate(GameMode before, GameMode now) {
            put(now);
        }

        @Override
        public void onDelete(GameMode mode, boolean unknown) {
            remove(mode.getMetadata().getName());
        }
    }
}

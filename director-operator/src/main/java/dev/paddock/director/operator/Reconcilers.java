package dev.paddock.director.operator;

import dev.paddock.director.fleet.ServerBook;
import dev.paddock.director.kubernetes.Declarations;
import dev.paddock.director.kubernetes.KubernetesSettings;
import dev.paddock.director.standby.Headroom;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** What an operator is made of, new for each. */
@Singleton
@Requires(property = "paddock.director.backend", value = "kubernetes")
final class Reconcilers {
    private final ServerBook book;
    private final Declarations declarations;
    private final KubernetesSettings settings;
    private final ServerStep.Times times;
    private final Headroom headroom;
    private final OperatorMeters meters;

    Reconcilers(
            ServerBook book,
            Declarations declarations,
            KubernetesSettings settings,
            ServerStep.Times times,
            Headroom headroom,
            OperatorMeters meters) {
        this.book = book;
        this.declarations = declarations;
        this.settings = settings;
        this.times = times;
        this.headroom = headroom;
        this.meters = meters;
    }

    Spoken spoken(String namespace) {
        return new Spoken(book, namespace, InstantSource.system());
    }

    GameServerReconciler servers(KubernetesClient client, Spoken spoken, Happenings happenings) {
        return new GameServerReconciler(
                new Sight(book, InstantSource.system(), declarations::hasLostItsNode),
                declarations,
                new ServerPods(client, settings),
                times,
                spoken,
                new ServerNews(happenings, meters));
    }

    GameModeReconciler modes(Happenings happenings) {
        return new GameModeReconciler(headroom, happenings, InstantSource.system());
    }
}

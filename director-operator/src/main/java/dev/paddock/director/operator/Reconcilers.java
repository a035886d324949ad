package dev.paddock.director.operator;

import dev.paddock.director.fleet.ServerBook;
import dev.paddock.director.kubernetes.Declarations;
import dev.paddock.director.kubernetes.KubernetesSettings;
import dev.paddock.director.standby.Headroom;
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

    Reconcilers(
            ServerBook book,
            Declarations declarations,
            KubernetesSettings settings,
            ServerStep.Times times,
            Headroom headroom) {
        this.book = book;
        this.declarations = declarations;
        this.settings = settings;
        this.times = times;
        this.headroom = headroom;
    }

    Spoken spoken(String namespace) {
        return new Spoken(book, namespace);
    }

    GameServerReconciler servers(Spoken spoken) {
        return new GameServerReconciler(book, declarations, settings, times, spoken, InstantSource.system());
    }

    GameModeReconciler modes() {
        return new GameModeReconciler(headroom, InstantSource.system());
    }
}

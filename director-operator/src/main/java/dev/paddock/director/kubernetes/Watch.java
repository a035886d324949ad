package dev.paddock.director.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches that do not give up: an API server may be away when a director starts, and at any time after. */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private Watch() {}

    /** Returns at once; what is there is known when the informer has synced. */
    static <T extends HasMetadata> SharedIndexInformer<T> start(Informable<T> what, ResourceEventHandler<T> handler) {
        SharedIndexInformer<T> informer = what.runnableInformer(0);
        informer.addEventHandler(handler);
        informer.exceptionHandler((isStarted, failure) -> {
            LOG.warn(
                    "the API server cannot be watched; it is tried again of={} why={}",
                    informer.getApiTypeClass().getSimpleName(),
                    failure.toString());
            return true;
        });
        CompletionStage<Void> started = informer.start();
        started.exceptionally(failure -> {
            LOG.error("a watch has ended of={}", informer.getApiTypeClass().getSimpleName(), failure);
            return null;
        });
        return informer;
    }
}

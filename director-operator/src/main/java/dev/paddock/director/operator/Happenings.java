package dev.paddock.director.operator;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what happened as Kubernetes Events, which {@code kubectl describe} shows. What happens to the same object for the same
 * reason again is counted in the same Event, and written once a minute at most. Written beside all other work, and lost rather
 * than waited for: nothing depends on an Event.
 */
final class Happenings implements AutoCloseable {
    static final Duration AT_MOST_EVERY = Duration.ofMinutes(1);

    private static final String COMPONENT = "paddock-operator";
    private static final int REMEMBERED = 1_000;
    private static final int WAITING = 500;

    /** What the API server takes. */
    private static final int LONGEST_MESSAGE = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(Happenings.class);

    private final KubernetesClient client;
    private final InstantSource time;
    private final SequencedMap<Key, Said> said = new LinkedHashMap<>();
    private final ThreadPoolExecutor writer = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofVirtual().name("happenings").factory(),
            new ThreadPoolExecutor.DiscardPolicy());

    Happenings(KubernetesClient client, InstantSource time) {
        this.client = client;
        this.time = time;
    }

    private record Key(String uid, String reason) {}

    /**
     * @param first when it happened first; a part of the Event's name
     * @param written when it was last written
     */
    private record Said(Instant first, int count, Instant written) {}

    void say(HasMetadata about, Happening happening) {
        Event event = event(about, happening, time.instant());
        if (event != null) {
            writer.execute(() -> write(event));
        }
    }

    @Override
    public void close() {
        writer.shutdown();
    }

    /** Null: it was said just now. */
    synchronized @Nullable Event event(HasMetadata about, Happening happening, Instant now) {
        Key key = new Key(about.getMetadata().getUid(), happening.reason());
        Said before = said.get(key);
        boolean isDue = before == null || !now.isBefore(before.written().plus(AT_MOST_EVERY));
        Said next = before == null
                ? new Said(now, 1, now)
                : new Said(before.first(), before.count() + 1, isDue ? now : before.written());
        said.put(key, next);
        if (said.size() > REMEMBERED) {
            said.pollFirstEntry();
        }
        return isDue ? event(about, happening, next) : null;
    }

    private void write(Event event) {
        try {
            client.resource(event).fieldManager(COMPONENT).forceConflicts().serverSideApply();
        } catch (KubernetesClientException e) {
            LOG.warn(
                    "an event was not written about={} reason={} why={}",
                    event.getInvolvedObject().getName(),
                    event.getReason(),
                    e.getMessage());
        }
    }

    private static Event event(HasMetadata about, Happening happening, Said said) {
        String message = happening.message();
        return new EventBuilder()
                .withNewMetadata()
                .withName(about.getMetadata().getName() + "." + name(happening.reason(), said.first()))
                .withNamespace(about.getMetadata().getNamespace())
                .endMetadata()
                .withInvolvedObject(new ObjectReferenceBuilder()
                        .withApiVersion(about.getApiVersion())
                        .withKind(about.getKind())
                        .withName(about.getMetadata().getName())
                        .withNamespace(about.getMetadata().getNamespace())
                        .withUid(about.getMetadata().getUid())
                        .build())
                .withType(happening.isTrouble() ? "Warning" : "Normal")
                .withReason(happening.reason())
                .withMessage(message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE))
                .withCount(said.count())
                .withFirstTimestamp(said.first().truncatedTo(ChronoUnit.SECONDS).toString())
                .withLastTimestamp(
                        said.written().truncatedTo(ChronoUnit.SECONDS).toString())
                .withNewSource()
                .withComponent(COMPONENT)
                .endSource()
                .withReportingComponent(COMPONENT)
                .withReportingInstance(COMPONENT)
                .build();
    }

    /** Another one for each reason and each time that an operator begins to count. */
    private static String name(String reason, Instant first) {
        long nanos = TimeUnit.SECONDS.toNanos(first.getEpochSecond()) + first.getNano();
        return Long.toHexString(nanos) + Integer.toHexString(reason.hashCode());
    }
}

package dev.paddock.manager.recording;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whether queues are written down.
 *
 * @param folder {@code PADDOCK_RECORDER_FOLDER}, default none: nothing is recorded. Else the folder of the recordings, one
 *     file for each mode and day; it is made if it is not there
 * @param backlog {@code PADDOCK_RECORDER_BACKLOG}, default {@code 100000}: so many notes may wait to be written; more are
 *     dropped, and counted
 */
@ConfigurationProperties("paddock.recorder")
public record RecorderSettings(
        @Nullable Path folder,
        @Bindable(defaultValue = "100000") int backlog) {
    public RecorderSettings {
        if (backlog < 1) {
            throw new IllegalArgumentException("Set paddock.recorder.backlog to 1 or more, is " + backlog);
        }
    }
}

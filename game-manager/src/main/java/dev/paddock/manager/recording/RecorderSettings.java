package dev.paddock.manager.recording;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whether queues are written down, and how much of it is kept.
 *
 * @param folder {@code PADDOCK_RECORDER_FOLDER}, default none: nothing is recorded. Else the folder of the recordings; it is
 *     made if it is not there
 * @param backlog {@code PADDOCK_RECORDER_BACKLOG}, default {@code 100000}: so many notes may wait to be written; more are
 *     dropped, and counted
 * @param fileMegabytes {@code PADDOCK_RECORDER_FILE_MEGABYTES}, default {@code 64}: a file that is this large is followed by
 *     the next one
 * @param keepMegabytes {@code PADDOCK_RECORDER_KEEP_MEGABYTES}, default {@code 1024}: when a file begins, the oldest
 *     recordings in the folder are deleted until the rest is no larger than this
 */
@ConfigurationProperties("paddock.recorder")
public record RecorderSettings(
        @Nullable Path folder,
        @Bindable(defaultValue = "100000") int backlog,
        @Bindable(defaultValue = "64") int fileMegabytes,
        @Bindable(defaultValue = "1024") int keepMegabytes) {
    public RecorderSettings {
        if (backlog < 1) {
            throw new IllegalArgumentException("Set paddock.recorder.backlog to 1 or more, is " + backlog);
        }
        if (fileMegabytes < 1 || keepMegabytes < fileMegabytes) {
            throw new IllegalArgumentException("Set paddock.recorder.file-megabytes to 1 or more, is " + fileMegabytes
                    + ", and paddock.recorder.keep-megabytes to no less than that, is " + keepMegabytes);
        }
    }
}

package dev.paddock.director.mode;

import java.util.List;
import java.util.Optional;

/** What can be played here, as it is now: {@link FolderModes files} of one machine, or a cluster's resources. */
public interface Modes {
    Optional<KnownMode> find(String name);

    List<KnownMode> all();

    /** Looks again; whether anything that matters has changed since the last look. */
    boolean reload();
}

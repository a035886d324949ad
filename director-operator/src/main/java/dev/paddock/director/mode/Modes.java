package dev.paddock.director.mode;

import java.util.List;
import java.util.Optional;

/** What can be played here, as it is now: {@link FolderModes files} of one machine, or a cluster's resources. */
public interface Modes {
    /** Whether all that can be played is known by now. */
    boolean areRead();

    Optional<KnownMode> find(String name);

    List<KnownMode> all();

    /**
     * A mode's new template is rolled out: matches get it from now on. Said again, it does nothing.
     *
     * @param next as {@link KnownMode#next} said
     */
    void rolledOut(KnownMode next);

    /** Looks again; whether anything that matters has changed since the last look. */
    boolean reload();
}

package dev.paddock.manager.matchmaking;

import dev.paddock.protocol.mode.Mode;
import java.util.List;

/**
 * What a mode is matched by at the moment.
 *
 * @param regions where a match can run, by name
 */
record Rules(Mode mode, List<String> regions) {
    Rules {
        regions = List.copyOf(regions);
    }
}

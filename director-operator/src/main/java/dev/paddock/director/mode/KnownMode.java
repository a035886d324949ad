package dev.paddock.director.mode;

import dev.paddock.protocol.mode.Mode;

/**
 * A mode as the director needs it.
 *
 * @param mode what managers get
 * @param standbyMin servers to keep waiting
 * @param image what its servers run
 * @param template changes when what a server runs changes; servers of another template get no match
 */
public record KnownMode(Mode mode, int standbyMin, String image, String template) {
    public String name() {
        return mode.name();
    }
}

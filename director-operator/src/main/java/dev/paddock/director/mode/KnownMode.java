package dev.paddock.director.mode;

import dev.paddock.crds.GameModeSpec;
import dev.paddock.crds.ServerTemplate;
import dev.paddock.protocol.mode.Mode;

/**
 * A mode as the director needs it.
 *
 * @param mode what managers get
 * @param standbyMin servers to keep waiting
 * @param server what its servers run
 * @param template changes when what a server runs changes; servers of another template get no match
 */
public record KnownMode(Mode mode, int standbyMin, ServerTemplate server, String template) {
    /** The mode that a cluster admin has written. */
    public static KnownMode of(String name, GameModeSpec spec) {
        return new KnownMode(
                new Mode(name, spec.matching(), spec.limits()),
                spec.standby().min(),
                spec.server(),
                TemplateHash.of(spec.server()));
    }

    public String name() {
        return mode.name();
    }
}

package dev.paddock.director.mode;

import dev.paddock.crds.GameModeSpec;
import dev.paddock.crds.ServerTemplate;
import dev.paddock.crds.Standby;
import dev.paddock.protocol.mode.Mode;
import org.jspecify.annotations.Nullable;

/**
 * A mode as the director needs it. While a new template is rolled out, matches go to servers of the one before: {@link
 * #server} and {@link #template} are what matches get.
 *
 * @param mode what managers get
 * @param standby how many servers to keep waiting
 * @param server what its servers run
 * @param template changes when what a server runs changes; servers of another template get no match
 * @param next the mode as it will be when its new template is rolled out; null: there is none
 */
public record KnownMode(
        Mode mode,
        Standby standby,
        ServerTemplate server,
        String template,
        @Nullable KnownMode next) {
    /** The mode that an admin has written, with nothing to roll out. */
    public static KnownMode of(String name, GameModeSpec spec) {
        return new KnownMode(
                new Mode(name, spec.matching(), spec.limits()),
                spec.standby(),
                spec.server(),
                TemplateHash.of(spec.server()),
                null);
    }

    /**
     * The mode that an admin has written, as long as its servers are still to be rolled out.
     *
     * @param serving what servers run that get matches now; if that is what the admin has written, nothing is left to do
     */
    public KnownMode from(ServerTemplate serving) {
        String old = TemplateHash.of(serving);
        return old.equals(template) ? this : new KnownMode(mode, standby, serving, old, this);
    }

    /** The same, of which nobody has noted yet that matches get it. */
    public KnownMode unnoted() {
        return new KnownMode(mode, standby, server, template, this);
    }

    public String name() {
        return mode.name();
    }
}

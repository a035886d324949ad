package dev.paddock.manager.mode;

import dev.paddock.protocol.mode.Mode;
import dev.paddock.protocol.mode.Region;
import dev.paddock.protocol.mode.Teams;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;

/** What can be played, and where to ping. Open to everyone, so that a client can measure before it logs in. */
@Controller("/v1")
@Secured(SecurityRule.IS_ANONYMOUS)
final class ModeController {
    private final Modes modes;
    private final Regions regions;

    ModeController(Modes modes, Regions regions) {
        this.modes = modes;
        this.regions = regions;
    }

    /** The modes, by name. */
    @Get("/modes")
    List<ModeView> modes() {
        return modes.all().stream().map(ModeView::of).toList();
    }

    /** The regions, by name. */
    @Get("/regions")
    List<Region> regions() {
        return regions.all();
    }

    /**
     * A mode as players see it.
     *
     * @param players in a full match
     */
    record ModeView(String name, Teams teams, int players) {
        static ModeView of(Mode mode) {
            Teams teams = mode.matching().teams();
            return new ModeView(mode.name(), teams, teams.players());
        }
    }
}

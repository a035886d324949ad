package dev.paddock.manager.admin;

import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.outlook.Outlooks;
import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import dev.paddock.protocol.queue.QueueReport;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;

/** Queues as operators see them. */
@Controller("/v1/admin/queues")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(AdminTokenValidator.ADMIN)
final class QueueController {
    private final Modes modes;
    private final Outlooks outlooks;

    QueueController(Modes modes, Outlooks outlooks) {
        this.modes = modes;
        this.outlooks = outlooks;
    }

    /** How long a mode's queue is, how long its tickets wait, how good their matches are, and what keeps them apart. */
    @Get("/{mode}")
    QueueReport queue(String mode) {
        if (modes.known(mode).isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no such mode.");
        }
        return outlooks.report(mode)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.UNAVAILABLE, "No manager matches this mode at the moment. Try again in a moment."));
    }
}

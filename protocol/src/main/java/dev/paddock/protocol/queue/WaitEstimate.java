package dev.paddock.protocol.queue;

import org.jspecify.annotations.Nullable;

/**
 * How much longer a ticket will wait, if it fares like those that lately waited as long as it has: so many of them were
 * matched within the time given. A quarter, half, three quarters and nine tenths; a time is null when fewer than that share
 * were matched at all, before they expired.
 *
 * @param samples how many tickets that says
 */
public record WaitEstimate(
        @Nullable Long p25Ms,
        @Nullable Long medianMs,
        @Nullable Long p75Ms,
        @Nullable Long p90Ms,
        int samples) {}

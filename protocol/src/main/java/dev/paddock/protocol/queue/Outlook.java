package dev.paddock.protocol.queue;

import java.util.Map;

/**
 * How it stands with a waiting ticket at this moment.
 *
 * @param position in the order in which tickets choose; the first is 1
 * @param waiting tickets in the queue, this one too
 * @param rankWindow how far from its own rating another ticket's may be now
 * @param latencyWindows by region, how many milliseconds it takes now; the regions in which it can ever play
 * @param why what keeps it apart from the others
 */
public record Outlook(int position, int waiting, double rankWindow, Map<String, Double> latencyWindows, WhyNot why) {
    public Outlook {
        latencyWindows = Map.copyOf(latencyWindows);
    }
}

package dev.paddock.gameserver;

import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.server.Assignment;
import dev.paddock.protocol.server.ServerEvent;
import dev.paddock.protocol.server.ServerReply;
import java.util.List;

/** What {@link LifeLoop} is to do, in order. */
sealed interface Step {
    /** Answer the request that led to this. */
    record Reply(ServerReply reply) implements Step {}

    /**
     * Let these players in and no others, and tell the game who came and who does not.
     *
     * @param assignment with the players as they are now
     */
    record Change(Assignment assignment, List<MatchPlayer> came, List<String> withdrawn) implements Step {
        public Change {
            came = List.copyOf(came);
            withdrawn = List.copyOf(withdrawn);
        }
    }

    /** Let the game load the match. */
    record Load(Assignment assignment) implements Step {}

    /** Say it once, and take the answer as {@link LifeEvent.Heard}. */
    record Say(Said said, ServerEvent event) implements Step {}

    /** Say it once, nobody answers. */
    record Beat(ServerEvent.Heartbeat heartbeat) implements Step {}

    /** Stop the game; tell the players the result and disconnect them. */
    record Close(MatchResult result) implements Step {}

    /** End the process. */
    record Exit(int code, String why) implements Step {}
}

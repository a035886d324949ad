package dev.paddock.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.faults.Api.Answer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Two who play together, as a party: one makes it and queues for both, the other joins, and accepts what was found. */
final class Pair {
    private static final Pattern LEAVE_FIRST = Pattern.compile("Leave party (\\S+) first");

    private final Api leader;
    private final Api friend;
    private final String mode;
    private @Nullable String code;

    Pair(Api leader, Api friend, String mode) {
        this.leader = leader;
        this.friend = friend;
        this.mode = mode;
    }

    /** What the leader queues with; null when they have not come together yet. */
    @Nullable
    Map<String, Object> ticket(String key) {
        if (code == null) {
            code = made(leader.post("/v1/parties", key, Map.of("mode", mode)));
            if (code == null) {
                return null;
            }
        }
        Answer joined = friend.post("/v1/parties/" + code + "/members", key, Map.of());
        if (joined == null) {
            return null;
        }
        if (!joined.isGood()) {
            code = null;
            return null;
        }
        return Map.of("mode", mode, "partyCode", code);
    }

    /** Both say that they will play. */
    void accept(String matchId) {
        String path = "/v1/matches/" + matchId + "/accept";
        leader.post(path, matchId, Map.of());
        friend.post(path, matchId, Map.of());
    }

    /** An answer that was lost had made a party too: the next one names it. */
    private static @Nullable String made(@Nullable Answer answer) {
        if (answer == null) {
            return null;
        }
        JsonNode json = answer.json();
        if (answer.isGood()) {
            return json.path("code").asText();
        }
        Matcher first = LEAVE_FIRST.matcher(json.path("detail").asText());
        return first.find() ? first.group(1) : null;
    }
}

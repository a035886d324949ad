package dev.paddock.director.operator;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a server or a mode, for people.
 *
 * @param isTrouble whether somebody should look
 * @param reason a word, in CamelCase
 */
record Happening(boolean isTrouble, String reason, String message) {
    /**
     * What happened between two looks at the same conditions: each one whose truth changed, and trouble that has another
     * reason than before; each reason once, as several conditions may have it.
     *
     * @param before null: there were none
     * @param isTrouble which of those now somebody should look at
     */
    static List<Happening> between(
            @Nullable List<Condition> before, @Nullable List<Condition> now, Predicate<Condition> isTrouble) {
        Map<String, Condition> last = before == null
                ? Map.of()
                : before.stream().collect(Collectors.toMap(Condition::getType, Function.identity(), (a, b) -> b));
        Map<String, Happening> happenings = new LinkedHashMap<>();
        for (Condition condition : now == null ? List.<Condition>of() : now) {
            boolean alarms = isTrouble.test(condition);
            if (isNews(last.get(condition.getType()), condition, alarms)) {
                Happening one = new Happening(alarms, condition.getReason(), condition.getMessage());
                happenings.merge(one.reason(), one, (a, b) -> a.isTrouble() ? a : b);
            }
        }
        return List.copyOf(happenings.values());
    }

    private static boolean isNews(@Nullable Condition before, Condition now, boolean alarms) {
        if (before == null) {
            return alarms || "True".equals(now.getStatus());
        }
        return !now.getStatus().equals(before.getStatus())
                || (alarms && !now.getReason().equals(before.getReason()));
    }
}

package dev.paddock.director.operator;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes conditions of one moment; one whose truth has not changed keeps its time. */
final class Conditions {
    private final Map<String, Condition> before;
    private final ObjectMeta of;
    private final Instant now;

    /** @param before those of the last status; null: there was none */
    Conditions(@Nullable List<Condition> before, ObjectMeta of, Instant now) {
        this.before = before == null
                ? Map.of()
                : before.stream().collect(Collectors.toMap(Condition::getType, condition -> condition, (a, b) -> b));
        this.of = of;
        this.now = now;
    }

    boolean wasTrue(String type) {
        return before.containsKey(type) && "True".equals(before.get(type).getStatus());
    }

    /**
     * @param reason a word for programs, in CamelCase
     * @param message for a person
     */
    Condition condition(String type, boolean isTrue, String reason, String message) {
        String status = isTrue ? "True" : "False";
        Condition last = before.get(type);
        String since = last != null && status.equals(last.getStatus())
                ? last.getLastTransitionTime()
                : now.truncatedTo(ChronoUnit.SECONDS).toString();
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(since)
                .withObservedGeneration(of.getGeneration())
                .build();
    }
}

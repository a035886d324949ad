package dev.paddock.manager.match;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How patient managers are with matches. The deadlines of a match itself are its mode's.
 *
 * @param answerWithin {@code PADDOCK_MATCH_ANSWER_WITHIN}, default 2s: how long a director may take to answer
 * @param askAgainEvery {@code PADDOCK_MATCH_ASK_AGAIN_EVERY}, default 1s: how often it is asked again while a match has
 *     no server
 * @param checkEvery {@code PADDOCK_MATCH_CHECK_EVERY}, default 10s: how often it is asked what became of a server
 * @param lookEvery {@code PADDOCK_MATCH_LOOK_EVERY}, default 250ms: how often each replica looks whether a match is due
 * @param graceAfterLongest {@code PADDOCK_MATCH_GRACE_AFTER_LONGEST}, default 2m: how long after its longest time a match
 *     whose director is silent is given up
 * @param takeOverAfter {@code PADDOCK_MATCH_TAKE_OVER_AFTER}, default 5s: when a match that another replica has not
 *     brought to its players is taken over; more than {@code answerWithin}
 * @param writeAgainAfter {@code PADDOCK_MATCH_WRITE_AGAIN_AFTER}, default 5s: when a result that could not be written to
 *     MySQL is tried again
 * @param keepFor {@code PADDOCK_MATCH_KEEP_FOR}, default 1h: how long Redis knows a match after its end
 * @param atATime {@code PADDOCK_MATCH_AT_A_TIME}, default 256: how many matches of a mode one replica works on at a time
 */
@ConfigurationProperties("paddock.match")
record MatchSettings(
        @Bindable(defaultValue = "2s") Duration answerWithin,
        @Bindable(defaultValue = "1s") Duration askAgainEvery,
        @Bindable(defaultValue = "10s") Duration checkEvery,
        @Bindable(defaultValue = "250ms") Duration lookEvery,
        @Bindable(defaultValue = "2m") Duration graceAfterLongest,
        @Bindable(defaultValue = "5s") Duration takeOverAfter,
        @Bindable(defaultValue = "5s") Duration writeAgainAfter,
        @Bindable(defaultValue = "1h") Duration keepFor,
        @Bindable(defaultValue = "256") int atATime) {
    MatchSettings {
        if (takeOverAfter.compareTo(answerWithin) <= 0) {
            throw new IllegalArgumentException(
                    "set paddock.match.take-over-after to more than paddock.match.answer-within, or a match is taken"
                            + " over while its director is still being asked");
        }
        if (atATime < 1) {
            throw new IllegalArgumentException("set paddock.match.at-a-time to at least 1");
        }
    }
}

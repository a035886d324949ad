package dev.paddock.manager.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisLoadingException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Lettuce says when a call fails, in our words: {@link RedisUnavailableException} whenever Redis is away. */
final class Failures {
    /** Of a server, or a cluster, that is there and takes no writes at the moment; or not these. */
    private static final Pattern AWAY =
            Pattern.compile("^(CLUSTERDOWN|MASTERDOWN|READONLY|MOVED|ASK|TRYAGAIN|NOREPLICAS)\\b|-NOREPLICAS\\b");

    private Failures() {}

    static RuntimeException translatedLater(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof TimeoutException || cause instanceof CancellationException
                ? new RedisUnavailableException("no answer within " + Redis.TIMEOUT.toMillis() + " ms", cause)
                : translated(cause);
    }

    static RuntimeException translated(@Nullable Throwable cause) {
        return switch (cause) {
            case RedisCommandTimeoutException e -> new RedisUnavailableException("no answer in time", e);
            case RedisConnectionException e -> new RedisUnavailableException("no connection", e);
            case RedisLoadingException e -> new RedisUnavailableException("it was restarted and reads its file", e);
            case RedisCommandExecutionException e ->
                isAway(e) ? new RedisUnavailableException("it takes no such call now: " + e.getMessage(), e) : e;
            // All others are Lettuce's own: no connection to send it on, or no server that has the key.
            case RedisException e -> new RedisUnavailableException(String.valueOf(e.getMessage()), e);
            case java.io.IOException e -> new RedisUnavailableException("the connection broke", e);
            case RuntimeException e -> e;
            case null -> new IllegalStateException("failed without a cause");
            default -> new IllegalStateException(cause);
        };
    }

    private static boolean isAway(RedisCommandExecutionException e) {
        return e.getMessage() != null && AWAY.matcher(e.getMessage()).find();
    }
}

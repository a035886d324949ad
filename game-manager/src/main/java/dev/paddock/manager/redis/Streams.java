package dev.paddock.manager.redis;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAutoClaimArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads of Redis Streams that may wait for the next entry. Has a connection of its own, for one thread: whoever waits
 * here holds up nobody else.
 */
public final class Streams implements AutoCloseable {
    private final Connections.Own own;
    private final AtomicBoolean closed = new AtomicBoolean();

    Streams(Connections.Own own) {
        this.own = own;
    }

    /** Entries after {@code afterId}; waits up to {@code longest} for the first one. */
    public List<StreamEntry> after(String stream, String afterId, int most, Duration longest) {
        return entries(waiting(
                longest,
                redis -> redis.xread(
                        XReadArgs.Builder.count(most).block(longest), XReadArgs.StreamOffset.from(stream, afterId))));
    }

    /** Makes the stream and the group if they are not there; the group sees every entry from the first on. */
    public void createGroup(String stream, String group) {
        try {
            waiting(
                    Duration.ZERO,
                    redis -> redis.xgroupCreate(
                            XReadArgs.StreamOffset.from(stream, "0"), group, XGroupCreateArgs.Builder.mkstream(true)));
        } catch (RedisBusyException e) {
            // BUSYGROUP: another replica was first, which is as good.
            return;
        }
    }

    /** The next entries for this consumer; waits up to {@code longest} for the first one. */
    public List<StreamEntry> next(String stream, String group, String consumer, int most, Duration longest) {
        return entries(waiting(
                longest,
                redis -> redis.xreadgroup(
                        Consumer.from(group, consumer),
                        XReadArgs.Builder.count(most).block(longest),
                        XReadArgs.StreamOffset.lastConsumed(stream))));
    }

    /** Takes over entries that another consumer has left unfinished for {@code idle}. */
    public List<StreamEntry> claim(String stream, String group, String consumer, Duration idle, int most) {
        XAutoClaimArgs<String> args = XAutoClaimArgs.Builder.<String>xautoclaim(
                        Consumer.from(group, consumer), idle, "0-0")
                .count(most);
        return entries(
                waiting(Duration.ZERO, redis -> redis.xautoclaim(stream, args)).getMessages());
    }

    /** Also ends a read that waits, from another thread. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // A server that hangs would hold up whoever goes on to the next one.
    public void close() {
        if (closed.compareAndSet(false, true)) {
            own.connection().closeAsync();
        }
    }

    private <T> T waiting(
            Duration longest, Function<RedisClusterAsyncCommands<String, String>, RedisFuture<T>> command) {
        try {
            return Redis.await(command.apply(own.commands()), longest.plus(Redis.TIMEOUT));
        } catch (RedisException e) {
            throw Failures.translated(e);
        }
    }

    private static List<StreamEntry> entries(@Nullable List<StreamMessage<String, String>> messages) {
        if (messages == null) {
            return List.of();
        }
        return messages.stream()
                // An entry that was trimmed while somebody worked on it comes back without a body.
                .filter(message -> message.getBody() != null)
                .map(message -> new StreamEntry(message.getId(), message.getBody()))
                .toList();
    }
}

package dev.paddock.manager.redis;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAutoClaimArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads of Redis Streams that may wait for the next entry. Has a connection of its own, for one thread: whoever waits
 * here holds up nobody else.
 */
public final class Streams implements AutoCloseable {
    private final StatefulRedisConnection<String, String> connection;
    private final AtomicBoolean closed = new AtomicBoolean();

    Streams(StatefulRedisConnection<String, String> connection) {
        this.connection = connection;
    }

    /** Entries after {@code afterId}; waits up to {@code longest} for the first one. */
    public List<StreamEntry> after(String stream, String afterId, int most, Duration longest) {
        return waiting(
                longest,
                () -> entries(redis().xread(
                                XReadArgs.Builder.count(most).block(longest),
                                XReadArgs.StreamOffset.from(stream, afterId))));
    }

    /** Makes the stream and the group if they are not there; the group sees every entry from the first on. */
    public void createGroup(String stream, String group) {
        try {
            redis().xgroupCreate(
                            XReadArgs.StreamOffset.from(stream, "0"), group, XGroupCreateArgs.Builder.mkstream(true));
        } catch (RedisBusyException e) {
            // BUSYGROUP: another replica was first, which is as good.
            return;
        } catch (RedisException e) {
            throw Redis.translated(e);
        }
    }

    /** The next entries for this consumer; waits up to {@code longest} for the first one. */
    public List<StreamEntry> next(String stream, String group, String consumer, int most, Duration longest) {
        return waiting(
                longest,
                () -> entries(redis().xreadgroup(
                                Consumer.from(group, consumer),
                                XReadArgs.Builder.count(most).block(longest),
                                XReadArgs.StreamOffset.lastConsumed(stream))));
    }

    /** Takes over entries that another consumer has left unfinished for {@code idle}. */
    public List<StreamEntry> claim(String stream, String group, String consumer, Duration idle, int most) {
        return waiting(
                Duration.ZERO,
                () -> entries(redis().xautoclaim(
                                stream,
                                XAutoClaimArgs.Builder.<String>xautoclaim(Consumer.from(group, consumer), idle, "0-0")
                                        .count(most))
                        .getMessages()));
    }

    /** Also ends a read that waits, from another thread. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            connection.close();
        }
    }

    private RedisCommands<String, String> redis() {
        return connection.sync();
    }

    private <T> T waiting(Duration longest, Supplier<T> read) {
        connection.setTimeout(longest.plus(Redis.TIMEOUT));
        try {
            return read.get();
        } catch (RedisException e) {
            throw Redis.translated(e);
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

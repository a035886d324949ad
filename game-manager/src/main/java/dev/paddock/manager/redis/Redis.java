package dev.paddock.manager.redis;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Redis as the manager uses it, one server or a cluster: one shared, pipelining connection; calls block their (virtual)
 * thread for at most {@link #TIMEOUT}. What must wait inside Redis uses a connection of its own: {@link #openStreams}.
 *
 * <p>On a cluster, all keys of one script have one hash tag. A call whose server is away fails with {@link
 * RedisUnavailableException}, and those of other servers go on.
 */
@Singleton
public final class Redis {
    /** Longer than any command here takes on a Redis that is well. */
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final Script FINISH = Script.of(Redis.class, "finish.lua");

    public static final List<Script> SCRIPTS = List.of(FINISH);

    private final Connections connections;
    private final Setbacks setbacks;

    Redis(Connections connections) {
        this.connections = connections;
        this.setbacks = new Setbacks(this::ping);
        connections.onSetback(setbacks::happened);
    }

    /** Whether the keys lie on several servers: one of them may be away, and must not hold up the calls to the others. */
    public boolean isCluster() {
        return connections instanceof Cluster;
    }

    /**
     * How often Redis may have gone back behind what it had answered: it was away, or a replica took over. Whoever
     * remembers what Redis holds reads it anew when this has changed.
     */
    public long setbacks() {
        return setbacks.count();
    }

    /** Calls this, on a thread of its own, a moment after such a setback, when Redis answers again. */
    public void onSetback(Runnable listener) {
        setbacks.onSetback(listener);
    }

    public @Nullable String get(String key) {
        return this.<@Nullable String>call(redis -> redis.get(key));
    }

    /** The value, and no more: of all who take it one gets it. */
    public @Nullable String take(String key) {
        return this.<@Nullable String>call(redis -> redis.getdel(key));
    }

    public void set(String key, String value, Duration lives) {
        call(redis -> redis.set(key, value, SetArgs.Builder.px(lives)));
    }

    /** Sets the key if it is not there; whether it was not. */
    public boolean setIfAbsent(String key, String value, Duration lives) {
        return "OK"
                .equals(this.<@Nullable String>call(
                        redis -> redis.set(key, value, SetArgs.Builder.nx().px(lives))));
    }

    /**
     * Sets each of these keys if it is not there, and asks what time it is; one round trip.
     *
     * @return for each whether it was not there
     */
    public SetAnswers setAllIfAbsent(List<Setting> settings) {
        AsyncCommand<String, String, List<String>> time =
                command(CommandType.TIME, new ValueListOutput<>(Utf8.CODEC), new CommandArgs<>(Utf8.CODEC));
        List<AsyncCommand<String, String, String>> answers = new ArrayList<>(settings.size());
        for (Setting one : settings) {
            CommandArgs<String, String> args =
                    new CommandArgs<>(Utf8.CODEC).addKey(one.key()).addValue(one.value());
            SetArgs.Builder.nx().px(one.lives()).build(args);
            answers.add(command(CommandType.SET, new StatusOutput<>(Utf8.CODEC), args));
        }
        List<RedisCommand<String, String, ?>> all = new ArrayList<>(answers.size() + 1);
        all.add(time);
        all.addAll(answers);
        // One write for all of them, where one call each would be a write each.
        connections.shared().dispatch(all);
        List<String> said = await(time);
        Instant at = Instant.ofEpochSecond(Long.parseLong(said.getFirst()), Long.parseLong(said.get(1)) * 1000);
        List<Boolean> set = new ArrayList<>(settings.size());
        for (AsyncCommand<String, String, String> answer : answers) {
            set.add("OK".equals(Redis.<@Nullable String>await(answer)));
        }
        return new SetAnswers(at, set);
    }

    private static <T> AsyncCommand<String, String, T> command(
            CommandType type, CommandOutput<String, String, T> output, CommandArgs<String, String> args) {
        return new AsyncCommand<>(new Command<>(type, output, args));
    }

    /** A key that is to be set. */
    public record Setting(String key, String value, Duration lives) {}

    /**
     * What became of settings.
     *
     * @param at by the clock of Redis
     * @param set for each whether the key was not there
     */
    public record SetAnswers(Instant at, List<Boolean> set) {
        public SetAnswers {
            set = List.copyOf(set);
        }
    }

    /** By the clock of Redis. */
    public Instant time() {
        return setAllIfAbsent(List.of()).at();
    }

    public boolean exists(String key) {
        return call(redis -> redis.exists(key)) == 1;
    }

    /**
     * The same for the one place that must not block, the check of a login session on the event loop: fails with {@link
     * RedisUnavailableException} instead of throwing.
     */
    public CompletionStage<Boolean> existsLater(String key) {
        return connections
                .commands()
                .exists(key)
                .toCompletableFuture()
                // Lettuce alone would hold the command back until it is connected again.
                .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .handle((found, failure) -> {
                    if (failure != null) {
                        throw Failures.translatedLater(failure);
                    }
                    return found == 1;
                });
    }

    public void delete(String key) {
        call(redis -> redis.del(key));
    }

    public void expire(String key, Duration lives) {
        call(redis -> redis.pexpire(key, lives));
    }

    /** All fields of a hash; empty if there is none. */
    public Map<String, String> hash(String key) {
        return call(redis -> redis.hgetall(key));
    }

    /** Many hashes in one round trip, in the order of the keys. */
    public List<Map<String, String>> hashes(Collection<String> keys) {
        RedisClusterAsyncCommands<String, String> redis = connections.commands();
        List<RedisFuture<Map<String, String>>> answers = new ArrayList<>(keys.size());
        for (String key : keys) {
            answers.add(redis.hgetall(key));
        }
        return answers.stream().map(Redis::await).toList();
    }

    /** Many values in one round trip, in the order of the keys; null where there is none. */
    public List<@Nullable String> values(Collection<String> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        List<KeyValue<String, String>> found = call(redis -> redis.mget(keys.toArray(String[]::new)));
        List<@Nullable String> values = new ArrayList<>(found.size());
        for (KeyValue<String, String> pair : found) {
            values.add(pair.hasValue() ? pair.getValue() : null);
        }
        return values;
    }

    public void putHash(String key, Map<String, String> fields, Duration lives) {
        RedisClusterAsyncCommands<String, String> redis = connections.commands();
        RedisFuture<Long> put = redis.hset(key, fields);
        RedisFuture<Boolean> expire = redis.pexpire(key, lives);
        await(put);
        if (!await(expire)) {
            // The key moved to another server between the two, and the second one got there first.
            expire(key, lives);
        }
    }

    /** Adds a field to a hash, unless it has it. */
    public void putFieldIfAbsent(String key, String field, String value) {
        call(redis -> redis.hsetnx(key, field, value));
    }

    /** Members of a sorted set with a score of at most {@code max}, lowest first. */
    public List<String> sortedUpTo(String key, double max, int limit) {
        return call(redis -> redis.zrangebyscore(
                key,
                io.lettuce.core.Range.from(
                        io.lettuce.core.Range.Boundary.unbounded(), io.lettuce.core.Range.Boundary.including(max)),
                io.lettuce.core.Limit.create(0, limit)));
    }

    public long sortedSize(String key) {
        return call(redis -> redis.zcard(key));
    }

    /** Runs a script that answers a number. */
    public long runForNumber(Script script, List<String> keys, List<String> args) {
        return this.<Long>run(script, ScriptOutputType.INTEGER, keys, args);
    }

    /** Runs a script that answers a text, or nothing. */
    public @Nullable String runForText(Script script, List<String> keys, List<String> args) {
        return this.<@Nullable String>run(script, ScriptOutputType.VALUE, keys, args);
    }

    /** Runs a script that answers a list, of texts, numbers and lists. */
    public List<@Nullable Object> runForList(Script script, List<String> keys, List<String> args) {
        return this.<List<@Nullable Object>>run(script, ScriptOutputType.MULTI, keys, args);
    }

    /**
     * Sends the script and does not wait. Scripts that one thread sends are run in the order of sending.
     *
     * @return waits for the answer, when asked
     */
    public Supplier<List<@Nullable Object>> runForListLater(Script script, List<String> keys, List<String> args) {
        assert Cluster.haveOneSlot(keys) : script + " touches several slots: " + keys;
        RedisFuture<List<@Nullable Object>> sent;
        try {
            sent = connections
                    .commands()
                    .evalsha(
                            script.sha1(),
                            ScriptOutputType.MULTI,
                            keys.toArray(String[]::new),
                            args.toArray(String[]::new));
        } catch (RedisException e) {
            throw Failures.translated(e);
        }
        return () -> {
            try {
                return await(sent);
            } catch (RedisNoScriptException e) {
                return runForList(script, keys, args);
            }
        };
    }

    /** Has Redis know these scripts, so that none is sent as a whole when it is needed; one round trip. */
    public void load(List<Script> scripts) {
        List<Future<?>> answers = new ArrayList<>(scripts.size());
        for (Script script : scripts) {
            answers.add(connections.load(script.source()));
        }
        answers.forEach(Redis::await);
    }

    /** Takes an entry off a consumer group's list of what is being worked on. */
    public void acknowledge(String stream, String group, String entryId) {
        call(redis -> redis.xack(stream, group, entryId));
    }

    /** Takes an entry off a consumer group's list, and out of the stream, in one step. */
    public void finish(String stream, String group, String entryId) {
        runForNumber(FINISH, List.of(stream), List.of(group, entryId));
    }

    /** The id of the last entry of a stream, {@code 0-0} if it has none. */
    public String lastEntryId(String stream) {
        var last = call(
                redis -> redis.xrevrange(stream, io.lettuce.core.Range.unbounded(), io.lettuce.core.Limit.from(1)));
        return last.isEmpty() ? "0-0" : last.getFirst().getId();
    }

    /** A connection of its own, for reads that wait inside Redis. */
    public Streams openStreams() {
        try {
            return new Streams(connections.open());
        } catch (RedisException e) {
            throw Failures.translated(e);
        }
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // Lettuce decides by ScriptOutputType; the public methods fix it.
    private <T extends @Nullable Object> T run(
            Script script, ScriptOutputType type, List<String> keys, List<String> args) {
        // A cluster would refuse it; so do our tests, on one Redis too.
        assert Cluster.haveOneSlot(keys) : script + " touches several slots: " + keys;
        String[] k = keys.toArray(String[]::new);
        String[] a = args.toArray(String[]::new);
        try {
            return this.<T>call(redis -> redis.evalsha(script.sha1(), type, k, a));
        } catch (RedisNoScriptException e) {
            // A server that was restarted, or sees the script for the first time: a replica that took over.
            return this.<T>call(redis -> redis.eval(script.source(), type, k, a));
        }
    }

    private void ping() {
        try {
            await(connections.ping());
        } catch (RedisException e) {
            throw Failures.translated(e);
        }
    }

    private <T extends @Nullable Object> T call(
            Function<RedisClusterAsyncCommands<String, String>, RedisFuture<T>> command) {
        try {
            return await(command.apply(connections.commands()));
        } catch (RedisException e) {
            throw Failures.translated(e);
        }
    }

    static <T extends @Nullable Object> T await(Future<T> future) {
        return await(future, TIMEOUT);
    }

    static <T extends @Nullable Object> T await(Future<T> future, Duration longest) {
        try {
            return future.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw Failures.translated(e.getCause());
        } catch (TimeoutException | CancellationException e) {
            future.cancel(true);
            throw new RedisUnavailableException("no answer within " + longest.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisUnavailableException("interrupted while waiting for Redis", e);
        }
    }
}

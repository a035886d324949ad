package dev.paddock.bench;

import io.lettuce.core.api.sync.RedisCommands;
import java.util.HashMap;
import java.util.Map;

/**
 * What Redis has done so far, by its own count. A script's commands are counted by Redis like any others; those that came
 * over the wire are found by leaving out the names that only scripts use here.
 */
record RedisCounts(Map<String, Long> calls, long usedMemory, double cpuSeconds) {
    static RedisCounts now(RedisCommands<String, String> redis) {
        Map<String, Long> calls = new HashMap<>();
        redis.info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_"))
                .forEach(line -> {
                    String name = line.substring("cmdstat_".length(), line.indexOf(':'));
                    String count = line.substring(line.indexOf("calls=") + 6, line.indexOf(','));
                    calls.put(name, Long.parseLong(count));
                });
        String memory = redis.info("memory");
        String cpu = redis.info("cpu");
        return new RedisCounts(
                calls,
                (long) number(memory, "used_memory:"),
                number(cpu, "used_cpu_sys:") + number(cpu, "used_cpu_user:"));
    }

    /** How often since then. */
    long since(RedisCounts before, String... names) {
        long sum = 0;
        for (String name : names) {
            sum += calls.getOrDefault(name, 0L) - before.calls.getOrDefault(name, 0L);
        }
        return sum;
    }

    /** All commands since then, also those inside scripts. */
    long allSince(RedisCounts before) {
        return calls.entrySet().stream()
                .mapToLong(one -> one.getValue() - before.calls.getOrDefault(one.getKey(), 0L))
                .sum();
    }

    private static double number(String info, String start) {
        return info.lines()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line ->
                        Double.parseDouble(line.substring(start.length()).strip()))
                .findFirst()
                .orElse(0);
    }
}

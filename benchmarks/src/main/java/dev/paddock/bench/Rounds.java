package dev.paddock.bench;

import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * What JMH measured in several rounds, after as many to warm up, in a JVM of its own: nanoseconds.
 *
 * @param least the quickest round
 * @param most the slowest
 */
record Rounds(double median, double least, double most, long count) {
    private static final TimeValue EACH = TimeValue.seconds(1);
    private static final TimeValue INSTANT = TimeValue.milliseconds(20);

    /** How much is measured. */
    enum Effort {
        /** To see that it runs: the figures mean nothing. */
        QUICK,
        FULL
    }

    /** @param times rounds, of one call each where a single call is measured, else of a second each */
    static Rounds of(Class<?> benchmark, String method, Map<String, String> parameters, int times, Effort effort)
            throws RunnerException {
        boolean isQuick = effort == Effort.QUICK;
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + benchmark.getName() + "." + method + "$")
                .forks(isQuick ? 0 : 1)
                .warmupIterations(isQuick ? 1 : times)
                .measurementIterations(isQuick ? 2 : times)
                .warmupTime(isQuick ? INSTANT : EACH)
                .measurementTime(isQuick ? INSTANT : EACH)
                .verbosity(VerboseMode.SILENT)
                .jvmArgsAppend("--sun-misc-unsafe-memory-access=allow");
        parameters.forEach(options::param);
        RunResult result = new Runner(options.build()).runSingle();
        Statistics statistics = result.getPrimaryResult().getStatistics();
        return new Rounds(statistics.getPercentile(50), statistics.getMin(), statistics.getMax(), statistics.getN());
    }
}

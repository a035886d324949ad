package dev.paddock.faults;

import java.nio.file.Path;
import java.util.List;

/**
 * What a manager is started with.
 *
 * @param flags of its JVM
 */
record Program(String classPath, List<String> flags) {
    Program {
        flags = List.copyOf(flags);
    }

    /** The same, writing down at its end what classes it has loaded and linked. */
    Program training(Path cache) {
        return new Program(classPath, List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"));
    }

    /** The same, starting from what was written down. */
    Program trained(Path cache) {
        return new Program(classPath, List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"));
    }
}

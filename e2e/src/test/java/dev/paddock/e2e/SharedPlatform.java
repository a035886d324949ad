package dev.paddock.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One cluster and one platform for all classes that break them, since both take a while to start: given to constructors
 * that ask for a {@link ClusterPlatform}. No director runs; each test starts those that it breaks, and leaves nothing behind.
 */
final class SharedPlatform implements ExecutionCondition, ParameterResolver {
    private static final int NODES = 3;

    /** A constructor's parameter cannot leave its class out. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Boolean.getBoolean("skipCluster")
                ? ConditionEvaluationResult.disabled("left out by -DskipCluster")
                : ConditionEvaluationResult.enabled("there is a cluster");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ClusterPlatform.class;
    }

    @Override
    public ClusterPlatform resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedPlatform.class))
                .computeIfAbsent(Running.class, key -> Running.start(), Running.class)
                .platform();
    }

    /** Closed by JUnit, after the last class. */
    private record Running(TestCluster cluster, ClusterPlatform platform) implements AutoCloseable {
        static Running start() {
            Path folder = folder();
            TestCluster cluster = TestCluster.start(folder, NODES);
            try {
                cluster.load(GameServerImage.build(folder));
                cluster.installCrds();
                ClusterPlatform.createNamespace(cluster, "faults");
                return new Running(cluster, ClusterPlatform.start(cluster, "faults", folder, "--no-director"));
            } catch (RuntimeException | AssertionError e) {
                cluster.close();
                throw e;
            }
        }

        @Override
        public void close() {
            platform.close();
            cluster.close();
        }

        private static Path folder() {
            try {
                return Files.createTempDirectory(Files.createDirectories(Path.of("target", "faults")), "run")
                        .toAbsolutePath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

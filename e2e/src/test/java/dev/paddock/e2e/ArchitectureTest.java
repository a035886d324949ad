package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every module to {@link Rules}, and shows that each rule bites by a violation that is planted here. */
class ArchitectureTest {
    private static final List<String> MODULES = List.of(
            "protocol",
            "crds",
            "local",
            "game-server-image",
            "inventory",
            "director-operator",
            "game-manager",
            "benchmarks");

    private static JavaClasses paddock;
    private static JavaClasses planted;

    @BeforeAll
    static void readTheClasses() {
        List<Path> classes = MODULES.stream()
                .map(module -> Path.of("..", module, "target", "classes"))
                .toList();
        assertThat(classes).as("compiled modules; run mvn from the root").allMatch(Files::isDirectory);
        paddock = new ClassFileImporter().importPaths(classes);
        planted = new ClassFileImporter().importPath(Path.of("target", "test-classes"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theCodeKeepsTheRule(String name) {
        rule(name).check(paddock);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theRuleBites(String name) {
        assertThat(rule(name).evaluate(planted).hasViolation()).isTrue();
    }

    static List<String> rules() {
        return List.copyOf(Rules.all().keySet());
    }

    private static ArchRule rule(String name) {
        return Objects.requireNonNull(Rules.all().get(name));
    }
}

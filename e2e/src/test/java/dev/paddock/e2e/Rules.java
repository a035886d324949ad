package dev.paddock.e2e;

import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.NullMarked;

/** The rules of the architecture, by what they hold. */
final class Rules {
    private static final int MOST_CONSTRUCTOR_ARGUMENTS = 6;

    private Rules() {}

    static Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("no service depends on another module than protocol", servicesStandAlone());
        rules.put("only the director knows the custom resources", onlyTheDirectorKnowsCrds());
        rules.put("protocol depends on Jackson alone", protocolIsFree());
        rules.put("NATS stops at bus", natsStopsAtBus());
        rules.put("Lettuce stops at redis", lettuceStopsAtRedis());
        rules.put("JDBC stops at the stores", jdbcStopsAtStores());
        rules.put("no cycles in the manager", noCyclesIn("dev.paddock.manager"));
        rules.put("no cycles in the director", noCyclesIn("dev.paddock.director"));
        rules.put("no cycles in local", noCyclesIn("dev.paddock.local"));
        rules.put("a package is named by its feature", packagesAreFeatures());
        rules.put("a class is named by what it is", classesAreThings());
        rules.put("every package is null-marked", packagesAreNullMarked());
        rules.put("nothing is injected into fields", nothingIsInjectedIntoFields());
        rules.put("no mutable static state", noMutableStaticState());
        rules.put("six constructor arguments at most", constructorsAreSmall());
        rules.put("nobody sleeps", nobodySleeps());
        rules.put("time is passed in", timeIsPassedIn());
        rules.put("no futures in signatures", noFuturesInSignatures());
        return rules;
    }

    private static ArchRule servicesStandAlone() {
        return noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.paddock.manager..",
                        "dev.paddock.inventory..",
                        "dev.paddock.director..",
                        "dev.paddock.gameserver..",
                        "dev.paddock.dragrace..")
                .should(dependOnAnotherPart());
    }

    private static ArchCondition<JavaClass> dependOnAnotherPart() {
        return new ArchCondition<>("depend on another part's module") {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                from.getDirectDependenciesFromSelf().forEach(dependency -> {
                    JavaClass to = dependency.getTargetClass();
                    boolean foreign = to.getPackageName().startsWith("dev.paddock.") && !mayUse(part(from), part(to));
                    if (foreign) {
                        events.add(com.tngtech.archunit.lang.SimpleConditionEvent.satisfied(
                                from, dependency.getDescription()));
                    }
                });
            }
        };
    }

    private static boolean mayUse(String from, String to) {
        return from.equals(to)
                || to.equals("protocol")
                || from.equals("director") && to.equals("crds")
                || from.equals("dragrace") && to.equals("gameserver");
    }

    /** The word after {@code dev.paddock}. */
    private static String part(JavaClass type) {
        String[] words = type.getPackageName().split("\\.");
        return words.length > 2 ? words[2] : "";
    }

    private static ArchRule onlyTheDirectorKnowsCrds() {
        return noClasses()
                .that()
                .resideOutsideOfPackages("dev.paddock.crds..", "dev.paddock.director..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.paddock.crds..");
    }

    private static ArchRule protocolIsFree() {
        return classes()
                .that()
                .resideInAPackage("dev.paddock.protocol..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.paddock.protocol..", "java..", "com.fasterxml.jackson..", "org.jspecify.annotations..");
    }

    private static ArchRule natsStopsAtBus() {
        return noClasses()
                .that()
                .resideInAnyPackage("dev.paddock.manager..", "dev.paddock.director..")
                .and()
                .resideOutsideOfPackages("..bus..")
                // Minting a server's NATS user needs the vendor's JWTs, and nothing else of it.
                .and()
                .doNotHaveSimpleName("ServerCredentials")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.nats..");
    }

    private static ArchRule lettuceStopsAtRedis() {
        return noClasses()
                .that()
                .resideInAPackage("dev.paddock.manager..")
                .and()
                .resideOutsideOfPackage("..manager.redis..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.lettuce..");
    }

    private static ArchRule jdbcStopsAtStores() {
        return noClasses()
                .that()
                .resideInAnyPackage("dev.paddock.manager..", "dev.paddock.inventory..")
                .and(DescribedPredicate.describe("are not a store", type -> !isStore(type)))
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are JDBC, but for its exceptions, which others may tell apart", Rules::isJdbc));
    }

    private static boolean isJdbc(JavaClass type) {
        return type.getPackageName().matches("(java|javax)\\.sql|io\\.micronaut\\.data\\.jdbc.*")
                && !type.isAssignableTo(Throwable.class);
    }

    private static boolean isStore(JavaClass type) {
        // What Micronaut generates for a store carries the store's name between dollar signs.
        return type.getName().matches(".*(Store|Rows|Repository|Migrations)(\\$.*)?")
                || type.getSimpleName().startsWith("$");
    }

    private static ArchRule noCyclesIn(String root) {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    private static ArchRule packagesAreFeatures() {
        return noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..",
                        "..utils..",
                        "..common..",
                        "..helper..",
                        "..helpers..",
                        "..impl..",
                        "..service..",
                        "..services..",
                        "..dto..",
                        "..model..",
                        "..models..");
    }

    private static ArchRule classesAreThings() {
        return noClasses()
                .that(DescribedPredicate.describe("are not generated", type -> !generated(type)))
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameStartingWith("Abstract");
    }

    private static ArchRule packagesAreNullMarked() {
        return classes().should(new ArchCondition<>("reside in a @NullMarked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean isJmhs = type.getPackageName().endsWith(".jmh_generated");
                if (!isJmhs && !type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(violated(type, type.getPackageName() + " has no package-info with @NullMarked"));
                }
            }
        });
    }

    private static ArchRule nothingIsInjectedIntoFields() {
        return noFields().should().beAnnotatedWith("jakarta.inject.Inject");
    }

    private static ArchRule noMutableStaticState() {
        return com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields()
                .that()
                .areStatic()
                .and(DescribedPredicate.describe(
                        "are written by us",
                        (JavaField field) -> !generated(field.getOwner())
                                && !field.getModifiers().contains(JavaModifier.SYNTHETIC)
                                && !field.getName().startsWith("$")))
                .should()
                .beFinal();
    }

    private static ArchRule constructorsAreSmall() {
        return constructors()
                .that(DescribedPredicate.describe(
                        "belong to what is not a record, an enum or generated",
                        (JavaConstructor constructor) -> !constructor.getOwner().isRecord()
                                && !constructor.getOwner().isEnum()
                                && !generated(constructor.getOwner())))
                .should(new ArchCondition<>("have at most " + MOST_CONSTRUCTOR_ARGUMENTS + " arguments") {
                    @Override
                    public void check(JavaConstructor constructor, ConditionEvents events) {
                        int arguments = constructor.getRawParameterTypes().size();
                        if (arguments > MOST_CONSTRUCTOR_ARGUMENTS) {
                            events.add(violated(constructor, constructor.getFullName() + " has " + arguments));
                        }
                    }
                });
    }

    private static ArchRule nobodySleeps() {
        return noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .orShould()
                .callMethod(java.util.concurrent.TimeUnit.class, "sleep", long.class);
    }

    private static ArchRule timeIsPassedIn() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("dev.paddock.local..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.LocalDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis");
    }

    private static ArchRule noFuturesInSignatures() {
        return methods()
                .that()
                .arePublic()
                // The one exception: Micronaut asks for a token's session on the event loop, which must not block.
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackages("dev.paddock.manager.redis..", "dev.paddock.manager.account..")
                .and(DescribedPredicate.describe(
                        "are of our own making",
                        method -> !generated(method.getOwner())
                                && !method.getOwner().isAssignableTo(java.net.http.WebSocket.Listener.class)))
                .should()
                .notHaveRawReturnType(
                        DescribedPredicate.describe("a future", type -> type.isAssignableTo(CompletionStage.class)));
    }

    private static boolean generated(JavaClass type) {
        return type.getSimpleName().contains("$")
                || type.getName().contains("$Definition")
                || type.getName().contains("$Intercepted")
                || type.getName().contains("$Introspection")
                || type.getSimpleName().isEmpty() && type.getModifiers().contains(ABSTRACT);
    }
}

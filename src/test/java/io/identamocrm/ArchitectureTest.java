package io.identamocrm;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Arrows between the packages go downwards only, and the rules stay pure. */
@AnalyzeClasses(packages = "io.identamocrm", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String OURS = "io.identamocrm.";
    private static final Path SOURCES = Path.of("src/main/java/io/identamocrm");
    /** Percent of all lines; a package that grows beyond it holds more than one item. */
    private static final double LARGEST_SHARE = 15;

    /** From the top down: a package knows only those after it. */
    private static final List<String> LAYERS = List.of(
            "cli",
            "setup",
            "app",
            "console",
            "alerts",
            "ops",
            "checks",
            "settings",
            "problems",
            "reconcile",
            "sync",
            "delivery",
            "account",
            "mirror",
            "amocrm",
            "state",
            "ident",
            "rules",
            "model");

    @ArchTest
    static final ArchRule arrows_go_downwards = classes()
            .that()
            .resideInAnyPackage(ours(LAYERS.toArray(String[]::new)))
            .should(knowOnlyLowerLayers());

    @ArchTest
    static final ArchRule model_knows_nothing_of_ours = onlyKnows("model");

    @ArchTest
    static final ArchRule rules_know_only_the_model = onlyKnows("rules", "model");

    @ArchTest
    static final ArchRule ident_knows_only_the_model = onlyKnows("ident", "model");

    @ArchTest
    static final ArchRule amocrm_knows_only_the_model_and_the_state = onlyKnows("amocrm", "model", "state");

    @ArchTest
    static final ArchRule the_mirror_knows_the_model_amocrms_readers_and_the_state =
            onlyKnows("mirror", "model", "amocrm", "state");

    @ArchTest
    static final ArchRule the_state_knows_only_the_model = onlyKnows("state", "model");

    @ArchTest
    static final ArchRule there_are_no_circles_between_packages =
            slices().matching("io.identamocrm.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule rules_and_model_do_no_input_or_output_and_know_no_camel = noClasses()
            .that()
            .resideInAnyPackage(ours("rules", "model"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..",
                    "java.net..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.sql..",
                    "javax.sql..",
                    "java.util.concurrent..",
                    "org.apache.camel..",
                    "org.redisson..",
                    "com.fasterxml.jackson..",
                    "org.slf4j..",
                    "org.apache.logging..");

    @ArchTest
    static final ArchRule rules_and_model_have_no_clock = noClasses()
            .that()
            .resideInAnyPackage(ours("rules", "model"))
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .orShould()
            .callMethodWhere(target(name("now")).and(target(owner(resideInAnyPackage("java.time..")))))
            .orShould()
            .callMethodWhere(target(name("currentTimeMillis")
                            .or(name("nanoTime"))
                            .or(name("getenv"))
                            .or(name("getProperty")))
                    .and(target(owner(
                            DescribedPredicate.describe("System", owner -> owner.isEquivalentTo(System.class))))));

    @ArchTest
    static final ArchRule nothing_of_the_product_depends_on_test_libraries = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.junit..", "org.assertj..", "net.jqwik..", "com.tngtech..");

    /** Only libraries, the package itself and those named. */
    private static ArchRule onlyKnows(String itself, String... others) {
        String[] allowed = Stream.concat(Stream.of(itself), Stream.of(others)).toArray(String[]::new);
        DescribedPredicate<JavaClass> known =
                DescribedPredicate.not(resideInAnyPackage("io.identamocrm..")).or(resideInAnyPackage(ours(allowed)));
        return classes()
                .that()
                .resideInAPackage(ours(itself)[0])
                .should()
                .onlyDependOnClassesThat(known)
                .allowEmptyShould(true);
    }

    private static ArchCondition<JavaClass> knowOnlyLowerLayers() {
        return new ArchCondition<>("know only packages after their own in " + LAYERS) {
            @Override
            public void check(JavaClass one, ConditionEvents events) {
                int own = LAYERS.indexOf(layerOf(one));
                one.getDirectDependenciesFromSelf().forEach(arrow -> {
                    int other = LAYERS.indexOf(layerOf(arrow.getTargetClass()));
                    if (other >= 0 && other < own) {
                        events.add(SimpleConditionEvent.violated(one, arrow.getDescription()));
                    }
                });
            }
        };
    }

    private static String layerOf(JavaClass one) {
        String name = one.getPackageName();
        return name.startsWith(OURS) ? name.substring(OURS.length()) : name;
    }

    static List<Path> packages() throws IOException {
        try (Stream<Path> all = Files.list(SOURCES)) {
            return all.filter(Files::isDirectory).sorted().toList();
        }
    }

    @Test
    void every_package_is_a_layer_says_what_it_is_for_and_holds_no_more_than_its_share_of_the_lines()
            throws IOException {
        Map<String, Integer> lines = new TreeMap<>();
        for (Path one : packages()) {
            assertThat(one.resolve("package-info.java")).exists();
            try (Stream<Path> files = Files.walk(one)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    lines.merge(
                            one.getFileName().toString(),
                            Files.readAllLines(file).size(),
                            Integer::sum);
                }
            }
        }
        assertThat(lines.keySet()).containsExactlyInAnyOrderElementsOf(LAYERS);
        int all = lines.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(lines)
                .as("lines per package, of " + all)
                .allSatisfy(
                        (name, own) -> assertThat(100.0 * own / all).as(name).isLessThanOrEqualTo(LARGEST_SHARE));
    }

    private static String[] ours(String... packages) {
        return Stream.of(packages).map(one -> "io.identamocrm." + one + "..").toArray(String[]::new);
    }
}

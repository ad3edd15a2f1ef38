package io.identamocrm;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** Arrows between the packages go downwards only, and the rules stay pure. */
@AnalyzeClasses(packages = "io.identamocrm", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule model_knows_nothing_of_ours = onlyKnows("model");

    @ArchTest
    static final ArchRule rules_know_only_the_model = onlyKnows("rules", "model");

    @ArchTest
    static final ArchRule ident_knows_only_the_model = onlyKnows("ident", "model");

    @ArchTest
    static final ArchRule amocrm_knows_only_the_model = onlyKnows("amocrm", "model");

    @ArchTest
    static final ArchRule the_mirror_knows_the_model_and_amocrms_readers = onlyKnows("mirror", "model", "amocrm");

    @ArchTest
    static final ArchRule the_state_knows_only_the_model = onlyKnows("state", "model");

    @ArchTest
    static final ArchRule sync_knows_all_of_these = onlyKnows("sync", "model", "rules", "ident", "amocrm", "mirror", "state");

    @ArchTest
    static final ArchRule nothing_below_knows_operations_or_the_command_line = noClasses()
            .that().resideInAnyPackage(ours("model", "rules", "ident", "amocrm", "mirror", "state", "sync"))
            .should().dependOnClassesThat().resideInAnyPackage(ours("ops", "cli")).allowEmptyShould(true);

    @ArchTest
    static final ArchRule there_are_no_circles_between_packages =
            slices().matching("io.identamocrm.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule rules_and_model_do_no_input_or_output_and_know_no_camel = noClasses()
            .that().resideInAnyPackage(ours("rules", "model"))
            .should().dependOnClassesThat().resideInAnyPackage("java.io..", "java.net..", "java.nio.file..", "java.nio.channels..",
                    "java.sql..", "javax.sql..", "java.util.concurrent..", "org.apache.camel..", "org.redisson..",
                    "com.fasterxml.jackson..", "org.slf4j..", "org.apache.logging..");

    @ArchTest
    static final ArchRule rules_and_model_have_no_clock = noClasses()
            .that().resideInAnyPackage(ours("rules", "model"))
            .should().dependOnClassesThat().haveFullyQualifiedName("java.time.Clock")
            .orShould().callMethodWhere(target(name("now")).and(target(owner(resideInAnyPackage("java.time..")))))
            .orShould().callMethodWhere(target(name("currentTimeMillis").or(name("nanoTime")).or(name("getenv")).or(name("getProperty")))
                    .and(target(owner(DescribedPredicate.describe("System", owner -> owner.isEquivalentTo(System.class))))));

    @ArchTest
    static final ArchRule nothing_of_the_product_depends_on_test_libraries = noClasses()
            .should().dependOnClassesThat().resideInAnyPackage("org.junit..", "org.assertj..", "net.jqwik..", "com.tngtech..");

    /** Only libraries, the package itself and those named. */
    private static ArchRule onlyKnows(String itself, String... others) {
        String[] allowed = Stream.concat(Stream.of(itself), Stream.of(others)).toArray(String[]::new);
        DescribedPredicate<JavaClass> known =
                DescribedPredicate.not(resideInAnyPackage("io.identamocrm..")).or(resideInAnyPackage(ours(allowed)));
        return classes().that().resideInAPackage(ours(itself)[0]).should().onlyDependOnClassesThat(known).allowEmptyShould(true);
    }

    private static String[] ours(String... packages) {
        return Stream.of(packages).map(one -> "io.identamocrm." + one + "..").toArray(String[]::new);
    }
}

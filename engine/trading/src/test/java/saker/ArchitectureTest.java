package saker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Imports go one way: {@code model time config metrics}, then outwards. */
@AnalyzeClasses(packages = "saker", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule modelKnowsNobody =
            noClasses()
                    .that()
                    .resideInAnyPackage("saker.model..", "saker.time..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "saker.journal..",
                            "saker.market..",
                            "saker.strategy..",
                            "saker.position..",
                            "saker.risk..",
                            "saker.order..",
                            "saker.core..",
                            "saker.broker..",
                            "saker.store..",
                            "saker.api..",
                            "saker.live..",
                            "saker.venue..");

    @ArchTest
    static final ArchRule stateMachinesKnowNeitherThreadsNorEdges =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "saker.market..",
                            "saker.position..",
                            "saker.risk..",
                            "saker.order..",
                            "saker.core..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "saker.live..",
                            "saker.store..",
                            "saker.venue..",
                            "saker.broker.oanda..",
                            "saker.broker.simulated..",
                            "saker.api..",
                            "java.net..",
                            "java.nio.file..",
                            "java.util.concurrent.locks..");

    @ArchTest
    static final ArchRule decisionsReadNoClock =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "saker.market..",
                            "saker.position..",
                            "saker.risk..",
                            "saker.order..",
                            "saker.core..",
                            "saker.broker.simulated..")
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(java.time.Instant.class, "now")
                    .orShould()
                    .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule adaptersKnowOnlyThePorts =
            noClasses()
                    .that()
                    .resideInAPackage("saker.broker.oanda..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "saker.core..",
                            "saker.live..",
                            "saker.strategy..",
                            "saker.store..",
                            "saker.venue..",
                            "saker.broker.simulated..");

    @ArchTest
    static final ArchRule vertxStaysAtTheEdges =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "saker.live..",
                            "saker.broker.oanda..",
                            "saker.venue..",
                            "saker.store..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.vertx..");

    /** A rule that cannot fail proves nothing: one that today's code must break. */
    @ArchTest
    static void shouldFindAPlantedViolation(JavaClasses classes) {
        ArchRule wrong =
                noClasses()
                        .that()
                        .resideInAPackage("saker.journal..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("saker.model..");

        assertThat(wrong.evaluate(classes).hasViolation()).isTrue();
    }
}

package saker.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the packages of the gateway may use of the engine, and from which Vert.x on. */
class ImportsTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("saker.rest", "saker.ws", "saker.auth", "saker.json");

    @Test
    void shouldUseOnlyTheApiTheModelAndTheConfiguration() {
        onlyFrom("saker.api..", "saker.model..", "saker.config..").check(CLASSES);
    }

    @Test
    void shouldNoticeAnImportThatIsNotAllowed() {
        assertThatThrownBy(() -> onlyFrom("saker.api..").check(CLASSES))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("saker.model");
    }

    /** 5.0.7 is the first one without two known faults of its file serving. */
    @Test
    void shouldRunOnAVertxWithoutKnownFaults() throws java.io.IOException {
        String version;
        try (var in =
                io.vertx.ext.web.Router.class
                        .getClassLoader()
                        .getResourceAsStream("META-INF/maven/io.vertx/vertx-web/pom.properties")) {
            var properties = new java.util.Properties();
            properties.load(in);
            version = properties.getProperty("version");
        }

        int[] parts = Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
        assertThat(parts[0] * 1_000_000 + parts[1] * 1_000 + parts[2])
                .isGreaterThanOrEqualTo(5_000_007);
    }

    private static ArchRule onlyFrom(String... engine) {
        String[] own = {"saker.rest..", "saker.ws..", "saker.auth..", "saker.json.."};
        String[] allowed =
                java.util.stream.Stream.concat(Arrays.stream(engine), Arrays.stream(own))
                        .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAnyPackage(own)
                .should()
                .dependOnClassesThat(
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(
                                        "saker..")
                                .and(
                                        com.tngtech.archunit.base.DescribedPredicate.not(
                                                com.tngtech.archunit.core.domain.JavaClass
                                                        .Predicates.resideInAnyPackage(allowed))));
    }
}

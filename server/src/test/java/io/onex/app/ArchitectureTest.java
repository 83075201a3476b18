package io.onex.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The shape of the program: one ordered list of packages, each using only what stands above it.
class ArchitectureTest {
  /// In the order data flows. A new package needs its place here, or the build fails.
  private static final List<String> ORDER =
      List.of(
          "io.onex.time",
          "io.onex.telemetry",
          "io.onex.thread",
          "io.onex.bytes",
          "io.onex.json",
          "io.onex.secret",
          "io.onex.event",
          "io.onex.config",
          "io.onex.storage",
          "io.onex.segment",
          "io.onex.log",
          "io.onex.log.journal",
          "io.onex.log.cursor",
          "io.onex.log.deadletter",
          "io.onex.log.replay",
          "io.onex.log.fold",
          "io.onex.enrichment",
          "io.onex.routing",
          "io.onex.operation",
          "io.onex.sampling",
          "io.onex.delivery.http",
          "io.onex.delivery",
          "io.onex.metric.model",
          "io.onex.metric.mapping",
          "io.onex.metric.exposition",
          "io.onex.wire.zipkin",
          "io.onex.integration.elk",
          "io.onex.integration.jaeger",
          "io.onex.integration.prometheus",
          "io.onex.integration.zipkin",
          "io.onex.ingest",
          "io.onex.http.connection",
          "io.onex.http",
          "io.onex.source.http",
          "io.onex.source.file",
          "io.onex.api",
          "io.onex.output",
          "io.onex.app.demo",
          "io.onex.app");

  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(
              location -> !location.contains("/testkit/") && !location.contains("onex-testkit"))
          .importPackages("io.onex");

  @Test
  void every_package_has_its_place_in_the_order() {
    Set<String> unplaced = new TreeSet<>();
    for (JavaClass type : PROGRAM) {
      unplaced.add(type.getPackageName());
    }
    unplaced.removeAll(ORDER);

    assertThat(unplaced).isEmpty();
  }

  /// An expression that goes back over what it has read takes the time or the stack of whoever
  /// reads a sender's text, so these packages read by hand.
  @Test
  void what_reads_texts_of_senders_uses_no_regular_expressions() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.onex.json",
            "io.onex.event",
            "io.onex.log..",
            "io.onex.enrichment",
            "io.onex.operation",
            "io.onex.metric.mapping",
            "io.onex.wire..",
            "io.onex.ingest")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.regex")
        .orShould()
        .callMethod(String.class, "matches", String.class)
        .orShould()
        .callMethod(String.class, "replaceAll", String.class, String.class)
        .orShould()
        .callMethod(String.class, "replaceFirst", String.class, String.class)
        .check(PROGRAM);
  }

  @Test
  void a_package_uses_only_what_stands_above_it() {
    List<String> violations = new ArrayList<>();
    for (JavaClass type : PROGRAM) {
      int place = ORDER.indexOf(type.getPackageName());
      type.getDirectDependenciesFromSelf().stream()
          .filter(use -> ORDER.indexOf(use.getTargetClass().getPackageName()) > place)
          .forEach(use -> violations.add(use.getDescription()));
    }

    assertThat(violations).isEmpty();
  }

  @Test
  void packages_are_free_of_cycles() {
    slices().matching("io.onex.(**)").should().beFreeOfCycles().check(PROGRAM);
  }

  @Test
  void integrations_do_not_know_each_other() {
    slices().matching("io.onex.integration.(*)..").should().notDependOnEachOther().check(PROGRAM);
  }

  @Test
  void only_the_program_itself_reads_a_clock() {
    noClasses()
        .that(resideInAPackage("io.onex.app..").negate())
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .check(PROGRAM);
  }

  @Test
  void nothing_static_can_change() {
    fields()
        .that()
        .areStatic()
        .and()
        .areNotFinal()
        .should()
        .bePrivate()
        .andShould()
        .beFinal()
        .allowEmptyShould(true)
        .check(PROGRAM);
  }
}

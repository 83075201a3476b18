package io.onex.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The configuration of the integration guide, read from `../shared` beside the checkout.
class SeedConfigTest {
  private static final Path GUIDE = Path.of("../../shared/spec/event-integration-patterns.md");

  @Test
  void the_seeds_configuration_loads_as_it_is() throws Exception {
    GatewayConfig config = load("canary").orThrow();

    assertThat(config.destinations())
        .extracting(DestinationConfig::name)
        .containsExactly("prometheus", "datadog", "elk", "jaeger", "pagerduty", "slack");
    DestinationConfig prometheus = config.destination("prometheus").orElseThrow();
    assertThat(prometheus.isActive()).isTrue();
    assertThat(prometheus.settings().get(TestKinds.PUSH_GATEWAY))
        .contains(URI.create("http://pushgateway:9091"));
    assertThat(prometheus.batch())
        .isEqualTo(new BatchConfig(100, BatchConfig.DEFAULT_MAX_BYTES, Duration.ofSeconds(30)));
    assertThat(config.routing().rules().getFirst().integrations())
        .containsExactly("pagerduty", "slack", "elk");
    assertThat(config.routing().rules().getLast().eventTypes())
        .containsExactly(Glob.of("TELEMETRY_OPERATION_*"));
    assertThat(config.toString()).doesNotContain("canary");
  }

  @Test
  void the_seeds_kinds_of_later_versions_give_warnings_only() throws Exception {
    assertThat(load("canary").problems())
        .noneMatch(Problem::isError)
        .extracting(Problem::path)
        .containsExactly(
            "integrations.datadog",
            "integrations.jaeger",
            "integrations.pagerduty",
            "integrations.slack");
  }

  @Test
  void the_seeds_secrets_have_to_be_set() throws Exception {
    Loaded loaded = load("");

    assertThatThrownBy(loaded::orThrow)
        .hasMessageContaining(
            "integrations.slack.token: the environment variable SLACK_TOKEN is not set");
  }

  /// The guide's file with every variable set to `value`, or none when it is empty.
  private static Loaded load(String value) throws IOException {
    boolean present = Files.exists(GUIDE);
    if (!present) {
      System.out.println("NOT RUN: SeedConfigTest needs " + GUIDE);
    }
    Assumptions.assumeTrue(present, "NOT RUN: " + GUIDE + " is not beside the checkout");
    String guide = Files.readString(GUIDE);
    int from = guide.indexOf("# integration_config.yaml");
    String yaml = guide.substring(from, guide.indexOf("```", from));
    ConfigLoader loader =
        new ConfigLoader(
            TestKinds.catalog(), name -> value.isEmpty() ? Optional.empty() : Optional.of(value));
    return loader.read("integration_config.yaml", yaml, Path.of(""));
  }
}

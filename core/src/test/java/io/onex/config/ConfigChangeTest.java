package io.onex.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigChangeTest {
  private static final String BEFORE =
      """
      integrations:
        elk: {logstash_url: "http://l", password: one}
        zipkin: {url: "http://z"}
      routing: {rules: [{integrations: elk}]}
      """;

  private static ConfigChange change(String after) {
    return ConfigChange.between(config(BEFORE), config(after));
  }

  private static GatewayConfig config(String yaml) {
    return new ConfigLoader(TestKinds.catalog(), name -> Optional.empty())
        .read("f", yaml, Path.of(""))
        .config()
        .orElseThrow();
  }

  @Test
  void moving_lines_and_comments_changes_nothing() {
    assertThat(change("# new\n\n" + BEFORE).isEmpty()).isTrue();
  }

  @Test
  void connection_settings_change_a_destination_and_not_the_rules() {
    ConfigChange change = change(BEFORE.replace("one", "two").replace("http://z", "http://y"));

    assertThat(change.changed())
        .extracting(DestinationConfig::name)
        .containsExactly("elk", "zipkin");
    assertThat(change.rules()).isFalse();
    assertThat(change.added()).isEmpty();
    assertThat(change.removed()).isEmpty();
  }

  @Test
  void rules_change_by_routing_and_by_who_belongs_to_a_group() {
    assertThat(change(BEFORE.replace("integrations: elk", "integrations: zipkin")).rules())
        .isTrue();
    ConfigChange groups = change(BEFORE.replace("\"http://z\"", "\"http://z\", groups: logging"));
    assertThat(groups.rules()).isTrue();
    assertThat(groups.changed()).extracting(DestinationConfig::name).containsExactly("zipkin");
  }

  @Test
  void added_removed_and_renamed_destinations_are_told_apart() {
    ConfigChange change =
        change(
            """
            integrations:
              search: {kind: elk, previously: elk, logstash_url: "http://l", password: one}
              spans: {kind: zipkin, url: "http://z", previously: unheard-of}
            routing: {rules: [{integrations: search}]}
            """);

    assertThat(change.renamed())
        .singleElement()
        .satisfies(renamed -> {
          assertThat(renamed.from()).isEqualTo("elk");
          assertThat(renamed.to().name()).isEqualTo("search");
        });
    assertThat(change.added()).extracting(DestinationConfig::name).containsExactly("spans");
    assertThat(change.removed()).containsExactly("zipkin");
    assertThat(change.rules()).isTrue();
  }

  @Test
  void what_cannot_change_while_running_is_named() {
    ConfigChange change =
        change(
            BEFORE
                + "server: {max_depth: 32}\nlog: {dir: x}\nlogging: {level: debug}\n"
                + "enrichment: {environment: prod}\n");

    assertThat(change.needsRestart()).containsExactly("server", "log");
    assertThat(change.logging()).isTrue();
    assertThat(change.enrichment()).isTrue();
  }

  @Test
  void what_is_in_force_after_a_change_differs_from_the_file_by_what_waits_for_a_restart() {
    GatewayConfig before = config(BEFORE);
    GatewayConfig after =
        config(
            BEFORE.replace("one", "two")
                + "server: {max_depth: 32}\nlog: {dir: x}\nsources: {files: [{paths: [a]}]}\n"
                + "operations: {stuck_after: 7m}\nmetrics: {series_budget: 7}\n"
                + "health: {stall_after: 7m}\nlogging: {level: debug}\n"
                + "enrichment: {environment: prod}\n");

    ConfigChange left = ConfigChange.between(ConfigChange.inForce(before, after), after);

    assertThat(left.needsRestart())
        .containsExactly("server", "log", "sources", "operations", "metrics", "health");
    assertThat(left.changed()).isEmpty();
    assertThat(left.rules() || left.enrichment() || left.logging()).isFalse();
    assertThat(ConfigChange.between(ConfigChange.inForce(before, after), before).needsRestart())
        .as("taken back before the restart")
        .isEmpty();
  }
}

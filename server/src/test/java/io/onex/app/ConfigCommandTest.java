package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.testkit.FakeBackend;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void a_good_file_is_0_and_says_so() throws Exception {
    assertThat(validate(zipkin(URI.create("http://127.0.0.1:9")))).isZero();
    assertThat(printed()).isEqualTo("the configuration is fine\n");
  }

  @Test
  void an_error_is_1_and_named_by_file_line_and_path() throws Exception {
    assertThat(validate("server:\n  listen_on: 1\n")).isEqualTo(1);
    assertThat(printed()).contains("onex.yaml:2:").contains("error: server.listen_on: ");
    assertThat(printed()).doesNotContain("fine");
  }

  @Test
  void mistakes_of_different_sections_are_told_in_one_run() throws Exception {
    String yaml =
        """
        integrations:
          elk: {logstash_ulr: "http://127.0.0.1:9"}
        routing:
          rules:
            - {integrations: [elk, zipkn], when: "siz > 1"}
        """;
    assertThat(validate(yaml)).isEqualTo(1);
    assertThat(printed().lines())
        .hasSize(3)
        .anyMatch(line -> line.contains("logstash_ulr: unknown key"))
        .anyMatch(line -> line.contains("no destination is called \"zipkn\""))
        .anyMatch(line -> line.contains("routing.rules[0].when: "));
  }

  @Test
  void a_dead_setting_is_an_error_that_says_what_to_use_instead() throws Exception {
    assertThat(validate("log:\n  dedup_window: 1h\n")).isEqualTo(1);
    assertThat(printed())
        .contains("onex.yaml:2:")
        .contains("log.dedup_window")
        .contains("dedup_ids");
  }

  @Test
  void settings_of_a_destination_that_do_not_go_together_are_an_error_with_its_line()
      throws Exception {
    assertThat(validate("integrations:\n  elk:\n    gzip: true\n")).isEqualTo(1);
    assertThat(printed())
        .contains("onex.yaml:2:3: error: integrations.elk: give logstash_url, elasticsearch_url");
  }

  @Test
  void a_rule_that_can_never_match_is_a_warning_and_2() throws Exception {
    String rules =
        "routing:\n  rules:\n    - event_types: [NODE_START]\n      integrations: [zipkin]\n";
    assertThat(validate(zipkin(URI.create("http://127.0.0.1:9")) + rules)).isEqualTo(2);
    assertThat(printed()).contains("onex.yaml:").contains(": warning: ");
  }

  @Test
  void a_probe_tells_who_can_be_reached_and_2_when_somebody_cannot() throws Exception {
    try (FakeBackend up = FakeBackend.answering(200)) {
      assertThat(validate(zipkin(up.url()), "--probe")).isZero();
      assertThat(printed()).contains("zipkin: reachable");
    }
    written.reset();
    FakeBackend down = FakeBackend.answering(200);
    down.close();
    assertThat(validate(zipkin(down.url()), "--probe")).isEqualTo(2);
    assertThat(printed()).contains("zipkin: not reachable, ");
  }

  @Test
  void files_that_a_start_would_miss_are_told_with_their_line() throws Exception {
    String yaml =
        """
        integrations:
          zipkin: {url: "https://127.0.0.1:9", tls: {ca_file: /no/such.pem}}
        enrichment:
          catalogue: /no/such.csv
        """;
    assertThat(validate(yaml)).isEqualTo(1);
    assertThat(printed().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains(":2:3: error: integrations.zipkin.tls: no such file"))
        .anyMatch(line ->
            line.contains(":4:3: warning: enrichment.catalogue: ")
                && line.contains("there is no such file"));
  }

  @Test
  void an_address_that_serve_refuses_is_a_warning() throws Exception {
    String listeners = "server:\n  listeners: [\"0.0.0.0:8420\"]\n";
    assertThat(validate(zipkin(URI.create("http://127.0.0.1:9")) + listeners)).isEqualTo(2);
    assertThat(printed()).contains(": warning: server.listeners: ").contains("--insecure");
  }

  @Test
  void a_file_without_destinations_is_told_so_and_not_of_rules_it_does_not_have() throws Exception {
    assertThat(validate("integrations: {}\n")).isEqualTo(2);
    assertThat(printed()).contains("there are no destinations").doesNotContain("routing.rules");
  }

  @Test
  void programs_get_every_problem_with_its_place_and_json_when_nobody_says_otherwise()
      throws Exception {
    Path file = folder.resolve("onex.yaml");
    Files.writeString(file, "server:\n  listen_on: 1\n");
    assertThat(run(List.of("validate", file.toString()))).isEqualTo(1);
    JsonNode answer = new ObjectMapper().readTree(printed());
    assertThat(answer.path("status").asText()).isEqualTo("error");
    JsonNode problem = answer.at("/metadata/problems/0");
    assertThat(problem.path("severity").asText()).isEqualTo("error");
    assertThat(problem.path("line").asInt()).isEqualTo(2);
    assertThat(problem.path("path").asText()).isEqualTo("server.listen_on");
    assertThat(answer.at("/errors/0").asText()).contains("onex.yaml:2:");
  }

  @Test
  void a_table_has_a_row_per_problem_and_a_row_per_destination_asked() throws Exception {
    try (FakeBackend up = FakeBackend.answering(200)) {
      assertThat(validate(zipkin(up.url()), "--probe", "--format", "table")).isZero();
    }
    assertThat(printed().lines().toList())
        .anySatisfy(line -> assertThat(line).startsWith("SEVERITY  FILE  LINE"))
        .anySatisfy(line -> assertThat(line).matches("zipkin +reachable +.*"));
  }

  @Test
  void a_format_that_does_not_exist_is_told_with_those_that_do() {
    assertThatThrownBy(() -> validate("", "--format", "xml"))
        .isInstanceOf(UsageException.class)
        .hasMessage("xml is no format; use human, table, json, yaml, csv");
  }

  @Test
  void what_stands_in_a_file_is_shown_and_not_obeyed() throws Exception {
    for (String format : List.of("human", "table", "csv", "json", "yaml")) {
      written.reset();
      assertThat(validate("server:\n  \"a\\e[2J\\u202Ez\": 1\n", "--format", format)).isEqualTo(1);
      assertThat(printed()).containsIgnoringCase("\\u202e").doesNotContain("\u001b", "\u202e");
    }
  }

  @Test
  void help_is_printed_for_whoever_asks() throws Exception {
    assertThat(run(List.of("validate", "--help"))).isZero();
    assertThat(printed()).contains("onex config validate FILE [--probe]");
  }

  @Test
  void a_misspelt_option_or_command_is_told_with_the_one_that_was_meant() {
    assertThatThrownBy(() -> validate("", "--prob"))
        .isInstanceOf(UsageException.class)
        .hasMessage("there is no option --prob; did you mean --probe?");
    assertThatThrownBy(() -> run(List.of("valdate")))
        .isInstanceOf(UsageException.class)
        .hasMessage("there is no onex config valdate; did you mean validate?");
  }

  @Test
  void other_words_get_the_usage() {
    assertThatThrownBy(() -> run(List.of("check", "x")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("there is validate");
  }

  private static String zipkin(URI url) {
    return "integrations:\n  zipkin:\n    url: " + url + "\n";
  }

  private int validate(String yaml, String... more) throws Exception {
    Path file = folder.resolve("onex.yaml");
    Files.writeString(file, yaml);
    List<String> words = new java.util.ArrayList<>(List.of("validate", file.toString()));
    words.addAll(List.of(more));
    if (!words.contains("--format")) {
      words.addAll(List.of("-f", "human"));
    }
    return run(words);
  }

  private int run(List<String> words) throws Exception {
    PrintWriter out = new PrintWriter(written, true, StandardCharsets.UTF_8);
    return ConfigCommand.run(words, out, out);
  }

  private String printed() {
    return written.toString(StandardCharsets.UTF_8);
  }
}

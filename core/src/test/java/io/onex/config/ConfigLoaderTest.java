package io.onex.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigLoaderTest {
  private final Map<String, String> variables = new HashMap<>(Map.of("TOKEN", "token-canary"));
  private final ConfigLoader loader =
      new ConfigLoader(TestKinds.catalog(), name -> Optional.ofNullable(variables.get(name)));

  private Loaded read(String yaml) {
    return loader.read("onex.yaml", yaml, Path.of(""));
  }

  private List<String> problems(String yaml) {
    return read(yaml).problems().stream().map(Problem::toString).toList();
  }

  @Test
  void a_kind_of_a_later_version_is_kept_with_a_warning_and_does_not_stop_the_others()
      throws Exception {
    Loaded loaded =
        read(
            """
            integrations:
              zipkin: {url: "http://z"}
              chat: {kind: slack, token: "${TOKEN}", timeout: 5s}
              quiet: {kind: slack, enabled: false}
            """);

    assertThat(loaded.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "onex.yaml:3:3: warning: integrations.chat: kind \"slack\" is not available in this"
                + " version: nothing is delivered there (rules that name it are kept; available:"
                + " prometheus, elk, zipkin)");
    DestinationConfig chat = loaded.orThrow().destination("chat").orElseThrow();
    assertThat(chat.available()).isFalse();
    assertThat(chat.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(loaded.orThrow().destination("zipkin").orElseThrow().isActive()).isTrue();
  }

  @Test
  void a_kind_that_is_nearly_one_of_ours_is_an_error() {
    assertThat(problems("integrations:\n  promethues: {}\n"))
        .containsExactly(
            "onex.yaml:2:3: error: integrations.promethues: no integration is of kind"
                + " \"promethues\" (did you mean \"prometheus\"?)");
  }

  @Test
  void an_unset_variable_stops_the_start_with_file_line_and_path() {
    String yaml = "integrations:\n  zipkin:\n    url: http://${NOPE}:9411\n";

    assertThat(problems(yaml))
        .containsExactly(
            "onex.yaml:3:10: error: integrations.zipkin.url: the environment variable NOPE is not"
                + " set (set it, or give a default: ${NOPE:-value})");
    assertThatThrownBy(() -> read(yaml).orThrow()).isInstanceOf(ConfigException.class);
  }

  @Test
  void everything_that_is_wrong_is_reported_in_one_go() {
    assertThat(
            problems(
                """
                integrations:
                  elk:
                    logstash_ulr: http://logstash:8080
                    timeout: 10
                  zipkin: {zipkin_url: http://z, url: ftp://z}
                routing:
                  rules:
                    - event_types: [NODE_*]
                      integrations: [elkk, loging]
                buffering: {max_size: many}
                server: {listeners: ["8420"]}
                serber: {}
                security: {}
                log: 7
                """))
        .containsExactly(
            "onex.yaml:3:5: error: integrations.elk.logstash_ulr: unknown key (did you mean"
                + " \"logstash_url\"?)",
            "onex.yaml:3:5: error: integrations.elk.logstash_url: this setting is required"
                + " (Address of the HTTP input.)",
            "onex.yaml:4:14: error: integrations.elk.timeout: expected duration, found \"10\""
                + " (write a time span with a unit, such as 500ms, 30s, 5m or 1h30m)",
            "onex.yaml:5:12: error: integrations.zipkin.zipkin_url: is now called \"url\"",
            "onex.yaml:5:39: error: integrations.zipkin.url: expected http address, found"
                + " \"ftp://z\" (write an address such as http://host:8080)",
            "onex.yaml:9:22: error: routing.rules[0].integrations: no destination is called"
                + " \"elkk\" (did you mean \"elk\"?)",
            "onex.yaml:9:28: error: routing.rules[0].integrations: no destination is called"
                + " \"loging\" (did you mean \"logging\"?)",
            "onex.yaml:10:23: error: buffering.max_size: expected whole number, found \"many\""
                + " (between 1 and 1000000)",
            "onex.yaml:11:22: error: server.listeners[0]: expected address, found \"8420\" (write"
                + " HOST:PORT, such as 127.0.0.1:8420 or [::1]:8420)",
            "onex.yaml:12:1: error: serber: unknown key (did you mean \"server\"?)",
            "onex.yaml:13:1: error: security: not available in version 0.1.0",
            "onex.yaml:14:6: error: log: expected a mapping of settings, found a single value");
  }

  @Test
  void rules_that_name_an_unknown_destination_are_errors_with_a_suggestion() {
    assertThat(
            problems(
                """
                integrations:
                  elk: {logstash_url: "http://l:8080"}
                routing:
                  rules:
                    - integrations: [elkk, loging, elk, metrics, "*"]
                    - integrations: pager
                  unmatched: [nowhere]
                """))
        .containsExactly(
            "onex.yaml:5:22: error: routing.rules[0].integrations: no destination is called"
                + " \"elkk\" (did you mean \"elk\"?)",
            "onex.yaml:5:28: error: routing.rules[0].integrations: no destination is called"
                + " \"loging\" (did you mean \"logging\"?)",
            "onex.yaml:6:7: error: routing.rules[1].integrations: no destination is called"
                + " \"pager\" (it is neither a key under integrations nor a group)",
            "onex.yaml:7:15: error: routing.unmatched: no destination is called \"nowhere\" (it"
                + " is neither a key under integrations nor a group)");
  }

  @Test
  void an_error_in_a_destination_or_a_rule_causes_no_errors_about_those_who_name_it() {
    assertThat(
            problems(
                """
                integrations:
                  elk: {logstash_url: "ftp://l", fallback: zipkin}
                  zipkin: {url: "http://z", fallback: gone}
                  promethues: {}
                routing:
                  rules:
                    - {integrations: [elk, zipkin, promethues], nodes: []}
                    - {integrations: [zipkni], event_typs: NODE_START}
                """))
        .containsExactly(
            "onex.yaml:2:23: error: integrations.elk.logstash_url: expected http address, found"
                + " \"ftp://l\" (write an address such as http://host:8080)",
            "onex.yaml:3:29: error: integrations.zipkin.fallback: no destination is called"
                + " \"gone\"",
            "onex.yaml:4:3: error: integrations.promethues: no integration is of kind"
                + " \"promethues\" (did you mean \"prometheus\"?)",
            "onex.yaml:7:7: error: routing.rules[0]: an empty list of event types or nodes matches"
                + " nothing; leave it out to match all",
            "onex.yaml:8:23: error: routing.rules[1].integrations: no destination is called"
                + " \"zipkni\" (did you mean \"zipkin\"?)",
            "onex.yaml:8:32: error: routing.rules[1].event_typs: unknown key (did you mean"
                + " \"event_types\"?)");
  }

  @Test
  void destinations_that_cannot_be_read_at_all_make_no_name_unknown() {
    assertThat(problems("integrations: 7\nrouting: {rules: [{integrations: elk}]}\n"))
        .containsExactly(
            "onex.yaml:1:15: error: integrations: expected destinations by name, found a single"
                + " value");
  }

  @Test
  void secrets_and_what_was_filled_in_are_never_shown() {
    variables.put("CANARY", "s3cr3t-canary");
    String yaml =
        """
        integrations:
          elk:
            logstash_url: "http://user:s3cr3t-canary@l:8080"
            password: [s3cr3t-canary]
            timeout: "${CANARY}"
            parallelism: "${CANARY}"
          zipkin: {url: "http://${CANARY} x/"}
        """;

    assertThat(problems(yaml)).hasSize(5).noneMatch(line -> line.contains("s3cr3t"));
    Loaded good =
        read("integrations: {elk: {logstash_url: \"http://l\", password: \"${CANARY}\"}}");
    assertThat(good.config().orElseThrow().toString()).contains("***").doesNotContain("s3cr3t");
    assertThat(good.toString()).doesNotContain("s3cr3t");
  }

  @Test
  void every_setting_of_a_destination_is_read() throws Exception {
    DestinationConfig elk =
        read("""
        integrations:
          main:
            kind: elk
            enabled: false
            previously: old
            from: 2026-01-31T12:00:00Z
            ack: optional
            groups: [logging, alerting]
            batch: {max_size: 7, max_bytes: 1MB, max_age: 0}
            retry: {initial: 1s, factor: 3, max: 1m, jitter: 10%}
            circuit_breaker: {failures: 9, open: 2m, half_open: 4, successes: 1}
            rate_limit: {requests_per_second: 0.5, burst: 3}
            parallelism: 4
            timeout: 2s
            fallback: zipkin
            tls: {ca_file: ca.pem, server_name: es}
            logstash_url: http://l:8080
          zipkin: {url: "http://z"}
        """)
            .orThrow()
            .destination("main")
            .orElseThrow();

    assertThat(elk.kind()).isEqualTo("elk");
    assertThat(elk.isActive()).isFalse();
    assertThat(elk.previously()).contains("old");
    assertThat(elk.from()).isEqualTo(new StartAt.At(Instant.parse("2026-01-31T12:00:00Z")));
    assertThat(elk.ack()).isEqualTo(DestinationConfig.Ack.OPTIONAL);
    assertThat(elk.groups()).isEqualTo(Set.of(DestinationGroup.LOGGING, DestinationGroup.ALERTING));
    assertThat(elk.batch()).isEqualTo(new BatchConfig(7, new ByteSize(1_000_000), Duration.ZERO));
    assertThat(elk.retry())
        .isEqualTo(
            new RetryConfig(
                Duration.ofSeconds(1), 3, Duration.ofMinutes(1), 0.1, Duration.ofDays(1)));
    assertThat(elk.breaker()).isEqualTo(new BreakerConfig(9, Duration.ofMinutes(2), 4, 1));
    assertThat(elk.rateLimit()).contains(new RateLimitConfig(0.5, 3));
    assertThat(elk.parallelism()).isEqualTo(4);
    assertThat(elk.timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(elk.fallback())
        .contains(new FallbackConfig("zipkin", Optional.of(Duration.ofSeconds(30)), true));
    assertThat(elk.tls().caFile()).contains(Path.of("ca.pem"));
    assertThat(elk.settings().get(TestKinds.LOGSTASH_URL)).isEqualTo(URI.create("http://l:8080"));
  }

  @Test
  void a_fallback_takes_over_after_a_default_unless_it_says_when_or_never() {
    FallbackConfig byName = fallback("b");
    assertThat(byName.unavailableFor()).contains(Duration.ofSeconds(30));
    assertThat(byName.deadLetters()).isTrue();
    assertThat(fallback("{destination: b}")).isEqualTo(byName);
    assertThat(fallback("{destination: b, unavailable_for: 2m}").unavailableFor())
        .contains(Duration.ofMinutes(2));
    assertThat(fallback("{destination: b, unavailable_for: never}").unavailableFor()).isEmpty();
    assertThat(
            problems(
                """
                integrations:
                  a: {kind: zipkin, url: "http://z", fallback: {destination: b, unavailable_for: 0}}
                  b: {kind: zipkin, url: "http://z"}
                """))
        .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .contains("longer than zero, or never");
  }

  private FallbackConfig fallback(String written) {
    return read("""
    integrations:
      a: {kind: zipkin, url: "http://z", fallback: %s}
      b: {kind: zipkin, url: "http://z"}
    """
            .formatted(written))
        .config()
        .orElseThrow()
        .destinations()
        .getFirst()
        .fallback()
        .orElseThrow();
  }

  @Test
  void fallbacks_that_lead_round_and_names_claimed_twice_are_refused() {
    assertThat(
            problems(
                """
                integrations:
                  a: {kind: zipkin, url: "http://z", fallback: b}
                  b: {kind: zipkin, url: "http://z", fallback: {destination: a, unavailable_for: 5m}}
                """))
        .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .contains("2:38: error: integrations.a.fallback: fallbacks lead round in a circle");
    assertThat(
            problems(
                """
                integrations:
                  a: {kind: zipkin, url: "http://z", previously: old}
                  b: {kind: zipkin, url: "http://z", previously: old}
                  c: {kind: zipkin, url: "http://z", previously: a}
                """))
        .hasSize(2)
        .anyMatch(line -> line.contains("\"a\" already goes on as \"old\""))
        .anyMatch(line -> line.contains("\"a\" is still a destination of its own"));
  }

  @Test
  void combinations_that_make_no_sense_are_refused_where_they_stand() {
    assertThat(
            problems(
                """
                operations: {stuck_after: 2d}
                integrations:
                  zipkin:
                    url: http://z
                    retry: {initial: 1m}
                    tls: {cert_file: a}
                """))
        .containsExactly(
            "onex.yaml:1:13: error: operations: stuck_after is longer than expire_after",
            "onex.yaml:5:12: error: integrations.zipkin.retry: max (30s) is shorter than initial"
                + " (1m)",
            "onex.yaml:6:10: error: integrations.zipkin.tls: cert_file and key_file come together:"
                + " only cert_file is set");
  }

  @Test
  void broken_yaml_doubled_keys_and_endless_aliases_are_reported_with_their_place() {
    assertThat(problems("a: [1,\nb: }"))
        .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .startsWith("onex.yaml:2:")
        .contains("no YAML");
    assertThat(problems("log:\n  dir: a\n  dir: b\n"))
        .containsExactly("onex.yaml:3:3: error: log.dir: this key stands twice (first at line 2)");
    assertThat(problems("log: &a\n  dir: *a\n")).isNotEmpty();
  }

  @Test
  void a_missing_file_is_a_problem_and_not_an_exception() {
    assertThat(loader.load(Path.of("no-such.yaml")).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "no-such.yaml:1:1: error: the file cannot be read: there is no such file or folder");
  }

  @Test
  void without_a_file_everything_has_its_default() {
    GatewayConfig config = loader.defaults();

    assertThat(config.destinations()).isEmpty();
    assertThat(config.routing()).isEqualTo(RoutingConfig.EVERYTHING);
    assertThat(config.server()).isEqualTo(ServerConfig.DEFAULT);
    assertThat(config.log()).isEqualTo(LogConfig.DEFAULT);
    assertThat(config.operations()).isEqualTo(OperationsConfig.DEFAULT);
    assertThat(read("{}").config()).contains(config);
    assertThat(read("server: null\nlog: {}\n").config()).contains(config);
  }

  @Test
  void a_document_that_says_nothing_is_an_error_for_it_may_be_half_written() {
    for (String nothing :
        List.of("", "\n", "# onex, production\n", "---\n", "null\n", "---\n...\n", "\uFEFF")) {
      assertThat(problems(nothing))
          .as("'%s'", nothing)
          .singleElement()
          .asString()
          .contains("error: ")
          .contains("the file holds no settings")
          .contains("integrations: {}");
    }
    assertThat(read("integrations: {}\n").hasErrors()).isFalse();
  }

  @Test
  void a_reference_that_cannot_be_filled_in_is_an_error_and_no_more_wherever_it_stands() {
    for (String setting :
        List.of("timeout: ${NOPE}", "from: ${NOPE}", "retry: {max: \"${NOPE}\"}")) {
      assertThat(problems("integrations:\n  zipkin:\n    url: http://z\n    " + setting + "\n"))
          .as(setting)
          .hasSize(1);
    }
  }

  @Test
  void a_key_without_its_value_is_an_error_wherever_it_stands() {
    assertThat(problems("integrations:\n"))
        .containsExactly(
            "onex.yaml:1:1: error: integrations: this key has no value (give it one, or remove the"
                + " key)");
    assertThat(problems("integrations:\n  zipkin:\n    url: http://z\n    tls:\nrouting:\n"))
        .containsExactly(
            "onex.yaml:4:5: error: integrations.zipkin.tls: this key has no value (give it one, or"
                + " remove the key)",
            "onex.yaml:5:1: error: routing: this key has no value (give it one, or remove the"
                + " key)");
    assertThat(problems("integrations: {}\nrouting:\n  unmatched:\n    - \n"))
        .containsExactly(
            "onex.yaml:4:6: error: routing.unmatched[0]: an item of this list is empty");
  }

  @Test
  void settings_of_later_versions_load_when_they_say_what_this_one_does() {
    Loaded loaded =
        read(
            """
            tracing:
              sampling: {error_traces: 1.0, success_traces: 100%, slow_traces: 1, slow_threshold_ms: 500}
            rules: {files: []}
            resources: {enabled: false}
            state: local
            server: {otlp_ports: false}
            """);

    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.config()).contains(loader.defaults());
    assertThat(problems("tracing: null\nrules: {}\nresources: {}\nstate: null\n")).isEmpty();
  }

  @Test
  void settings_of_later_versions_are_refused_with_the_reason_when_they_ask_for_more() {
    assertThat(
            problems(
                """
                tracing:
                  sampling: {success_traces: 0.1}
                  exporters: {}
                rules: {files: [alerts.yml]}
                resources: {enabled: true}
                state: postgresql
                server: {otlp_ports: true}
                """))
        .containsExactly(
            "onex.yaml:2:30: error: tracing.sampling.success_traces: not available in version"
                + " 0.1.0: every trace is sent (write 1, or leave it out)",
            "onex.yaml:3:3: error: tracing.exporters: spans go to destinations: write"
                + " integrations.jaeger or .zipkin",
            "onex.yaml:4:16: error: rules.files: not available in version 0.1.0: recording and"
                + " alerting rules are not evaluated (write [], or leave it out)",
            "onex.yaml:5:22: error: resources.enabled: not available in version 0.1.0: the"
                + " resources of the machine are not measured (write false, or leave it out)",
            "onex.yaml:6:8: error: state: not available in version 0.1.0: state lies in files of"
                + " the data folder and is not shared (write local, or leave it out)",
            "onex.yaml:7:22: error: server.otlp_ports: not available in version 0.1.0: OTLP is not"
                + " taken in (write false, or leave it out)");
  }

  @Test
  void an_empty_section_is_its_default() {
    GatewayConfig empty =
        read("""
        server: {}
        log: {retention: {}, dead_letters: {}}
        sources: {}
        enrichment: {}
        operations: {}
        metrics: {}
        logging: {}
        health: {}
        """)
            .config()
            .orElseThrow();
    DestinationConfig zipkin =
        read("integrations: {zipkin: {url: \"http://z\", retry: {}, circuit_breaker: {}, tls: {},"
                + " batch: {}}}")
            .config()
            .orElseThrow()
            .destinations()
            .getFirst();

    assertThat(empty).isEqualTo(loader.defaults());
    assertThat(zipkin.retry()).isEqualTo(RetryConfig.DEFAULT);
    assertThat(zipkin.breaker()).isEqualTo(BreakerConfig.DEFAULT);
    assertThat(zipkin.tls()).isEqualTo(TlsConfig.DEFAULT);
    assertThat(zipkin.batch().maxSize()).as("what the kind likes").isEqualTo(500);
  }
}

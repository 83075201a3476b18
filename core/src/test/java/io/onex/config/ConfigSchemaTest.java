package io.onex.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSchemaTest {
  private final Schema schema =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(ConfigSchema.of(TestKinds.catalog()), InputFormat.JSON);

  private List<Error> errors(String yaml) {
    return schema.validate(yaml, InputFormat.YAML);
  }

  @Test
  void what_the_loader_takes_the_schema_takes() {
    assertThat(
            errors(
                """
                integrations:
                  prometheus:
                  elk:
                    logstash_url: "http://${HOST}:8080"
                    password: "${file:pw}"
                    batch: {max_size: 100, max_bytes: 1MiB, max_age: 500ms}
                    retry: {jitter: 25%, factor: 1.5}
                    rate_limit: {requests_per_second: "${RATE:-5}"}
                    fallback: zipkin
                    from: 2026-01-31T12:00:00Z
                  zipkin: {url: "http://z", fallback: {destination: elk}, parallelism: "${P}"}
                  second: {kind: elk, logstash_url: "http://l", tls: {server_name: x}}
                  later: {kind: slack, token: x, anything: [1]}
                routing:
                  rules:
                    - {event_types: [NODE_*], nodes: n, kinds: event, when: size > 1, integrations: "*"}
                  unmatched: [elk]
                buffering: {enabled: true, max_size: 100, max_age_seconds: 30}
                server: {listeners: ["127.0.0.1:1", "[::1]:2"], max_event: 1MiB, ack_timeout: 1m30s}
                log: {dedup_ids: 1000, retention: {max_age: 7d, max_size: 20GiB}}
                enrichment: {labels: {a: b}, redact_keys: [x]}
                metrics: {series_budgets: {onex_events_total: 5}}
                logging: {level: debug, levels: {io.onex: warn}}
                tracing: {sampling: {error_traces: 1.0, success_traces: 1}}
                rules: {files: []}
                resources: {enabled: false}
                state: local
                """))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "integrationz: {}",
        "integrations: {elk: {}}",
        "integrations: {elk: {logstash_url: 'http://l', logstash_ulr: x}}",
        "integrations: {x: {kind: zipkin}}",
        "integrations: {x: {kind: zipkin, url: 'http://z', user: me}}",
        "integrations: {later: {kind: slack, timeout: 5}}",
        "routing: {rules: [{event_types: [A]}]}",
        "routing: {rules: [{integrations: a, kinds: [control]}]}",
        "buffering: {max_size: 0}",
        "server: {listeners: [8420]}",
        "operations: {stuck_after: 10}",
        "alerting: {}",
        "tracing: {sampling: {success_traces: 0.1}}",
        "rules: {files: [a.yml]}",
        "resources: {enabled: true}",
        "state: postgresql",
        "server: {otlp_ports: true}"
      })
  void what_the_loader_refuses_the_schema_refuses(String yaml) {
    assertThat(errors(yaml)).isNotEmpty();
  }

  @Test
  void the_reference_has_a_row_for_every_setting() {
    String page = ConfigReference.of(TestKinds.catalog());

    assertThat(page)
        .contains("| `logstash_url` | http address | required | Address of the HTTP input. |")
        .contains("### `integrations.NAME.circuit_breaker`")
        .contains("| `open` | duration | `1m` | How long it stays open. |")
        .contains("### `routing.rules[]`")
        .contains("| `max_age` | duration | `7d` |");
  }
}

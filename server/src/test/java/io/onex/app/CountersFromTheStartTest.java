package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.delivery.Rejection;
import io.onex.event.EventWarning;
import io.onex.event.IgnoreReason;
import io.onex.event.RefusalCode;
import io.onex.segment.SegmentProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A rate or an increase sees the first of what is counted only where the counter stood at 0
/// before: so every counter whose labels are known begins with what it is about.
class CountersFromTheStartTest {
  @TempDir private Path folder;

  @Test
  void counters_of_the_gateway_stand_at_0_before_anything_happens() throws Exception {
    try (CountingSink sink = new CountingSink();
        TestGateway gateway = new TestGateway(folder, Map.of())) {
      gateway.start(configuration(sink, "sink", "first"));
      List<String> metrics = gateway.get("/metrics").body().lines().toList();

      assertThat(expected("sink", "first"))
          .allSatisfy(
              series -> assertThat(metrics).as(series).anyMatch(line -> isZero(line, series)));

      gateway.gateway().reload(gateway.config(configuration(sink, "other", "second")));
      List<String> reloaded = gateway.get("/metrics").body().lines().toList();
      assertThat(expected("other", "second"))
          .allSatisfy(
              series -> assertThat(reloaded).as(series).anyMatch(line -> isZero(line, series)));
    }
  }

  private static boolean isZero(String line, String series) {
    return line.startsWith(series + " ") && Double.parseDouble(line.split(" ", 2)[1]) == 0;
  }

  private static List<String> expected(String destination, String rule) {
    List<String> series = new ArrayList<>();
    for (String result :
        List.of(
            "delivered",
            "per_item",
            "retryable",
            "refused",
            "unauthorized",
            "nothing_sent",
            "encoder_error",
            "abandoned")) {
      series.add(delivery("attempts_total", destination, "result", result));
    }
    for (Rejection.Code reason : Rejection.Code.values()) {
      series.add(delivery("dead_letters_total", destination, "reason", reason.text()));
    }
    for (RefusalCode code : RefusalCode.values()) {
      series.add("onex_gateway_ingest_rejected_total{code=\"%s\"}".formatted(code.code()));
    }
    for (IgnoreReason reason : IgnoreReason.values()) {
      series.add("onex_gateway_ingest_ignored_total{code=\"%s\"}".formatted(reason.code()));
    }
    for (EventWarning warning : EventWarning.values()) {
      series.add("onex_gateway_ingest_warnings_total{code=\"%s\"}".formatted(warning.code()));
    }
    for (SegmentProblem.Kind kind : SegmentProblem.Kind.values()) {
      String text = kind.name().toLowerCase(Locale.ROOT);
      series.add("onex_gateway_damage_total{kind=\"%s\"}".formatted(text));
    }
    series.add("onex_gateway_damage_total{kind=\"cursor_journal_unusable\"}");
    series.add("onex_gateway_ingest_accepted_total{source=\"http\"}");
    series.add("onex_gateway_ingest_accepted_total{source=\"files-0\"}");
    series.add("onex_gateway_rule_failures_total{rule=\"%s\"}".formatted(rule));
    return series;
  }

  private static String delivery(String name, String destination, String label, String value) {
    return "onex_gateway_delivery_%s{destination=\"%s\",%s=\"%s\"}"
        .formatted(name, destination, label, value);
  }

  private String configuration(CountingSink sink, String destination, String rule) {
    return """
    sources:
      files:
        - paths: ["%s/*.log"]
    routing:
      rules:
        - name: %s
          when: 'metadata.input_state != null'
          integrations: [%s]
    integrations:
      %s:
        kind: elk
        logstash_url: "%s"
        manage_template: false
        batch: {max_age: 50ms}
    """
        .formatted(folder, rule, destination, destination, sink.url());
  }
}

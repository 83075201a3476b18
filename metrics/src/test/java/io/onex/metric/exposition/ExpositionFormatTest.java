package io.onex.metric.exposition;

import static io.onex.metric.exposition.ExpositionFormat.OPENMETRICS;
import static io.onex.metric.exposition.ExpositionFormat.PROMETHEUS_TEXT;
import static io.onex.metric.exposition.ExpositionFormat.negotiate;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpositionFormatTest {
  @Test
  void who_asks_for_nothing_or_anything_gets_the_prometheus_format() {
    assertThat(negotiate("")).isEqualTo(PROMETHEUS_TEXT);
    assertThat(negotiate("*/*")).isEqualTo(PROMETHEUS_TEXT);
    assertThat(negotiate("text/html,application/xhtml+xml,*/*;q=0.8")).isEqualTo(PROMETHEUS_TEXT);
  }

  @Test
  void prometheus_servers_get_openmetrics_as_they_prefer_it() {
    assertThat(
            negotiate(
                "application/openmetrics-text;version=1.0.0;q=0.5,"
                    + "application/openmetrics-text;version=0.0.1;q=0.4,"
                    + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2"))
        .isEqualTo(OPENMETRICS);
    assertThat(
            negotiate(
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                    + "encoding=delimited;q=0.7, application/openmetrics-text; version=1.0.0;"
                    + " escaping=allow-utf-8;q=0.6, text/plain;version=1.0.0;q=0.4"))
        .isEqualTo(OPENMETRICS);
  }

  @Test
  void the_greater_weight_wins_whatever_the_order() {
    assertThat(negotiate("application/openmetrics-text;q=0.2, text/plain;q=0.9"))
        .isEqualTo(PROMETHEUS_TEXT);
    assertThat(negotiate("text/plain;q=0.2, Application/OpenMetrics-Text;Version=\"1.0.0\""))
        .isEqualTo(OPENMETRICS);
  }

  @Test
  void a_version_it_does_not_speak_and_a_weight_of_zero_are_no_offers() {
    assertThat(negotiate("application/openmetrics-text;version=2.0.0, text/plain;q=0.1"))
        .isEqualTo(PROMETHEUS_TEXT);
    assertThat(negotiate("application/openmetrics-text;q=0")).isEqualTo(PROMETHEUS_TEXT);
    assertThat(negotiate("application/openmetrics-text;q=much")).isEqualTo(PROMETHEUS_TEXT);
    assertThat(negotiate(";;,=,;q")).isEqualTo(PROMETHEUS_TEXT);
  }
}

package io.onex.metric.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.metric.model.MetricFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Compares what is counted for the shared sample events with a plain account made with Jackson
/// trees, which shares no code with the fold: no symbols, no offsets, no holding, no log time.
class SampleTotalsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SAMPLES = Path.of("../../shared/samples");
  private static final long ARRIVED = Fed.micros("2026-11-22T12:00:00Z");

  private final Map<String, Double> expected = new TreeMap<>();
  private final List<JsonNode> open = new ArrayList<>();

  @Test
  void the_shared_samples_add_up_as_counted_by_hand() throws IOException {
    if (!Files.isDirectory(SAMPLES)) {
      System.out.println("NOT RUN: no shared samples at " + SAMPLES.toAbsolutePath().normalize());
      return;
    }
    Fed fed = Fed.withDefaults();
    for (String file : List.of("lifecycle.ndjson", "telemetry.ndjson")) {
      for (String line : Files.readAllLines(SAMPLES.resolve(file))) {
        fed.take(fed.record(line, ARRIVED));
        account(JSON.readTree(line));
      }
    }
    for (JsonNode start : open) {
      add("active operation " + node(start), 1);
      if (type(start).startsWith("NODE")) {
        add("active execution " + node(start).replaceAll(":.*", ""), 1);
      }
    }
    fed.tick("2026-11-22T12:01:00Z");

    assertThat(counted(fed)).isEqualTo(expected);
    assertThat(expected).hasSizeGreaterThan(40);
  }

  private void account(JsonNode event) {
    String type = type(event);
    boolean failed =
        type.equals("NODE_FAILURE")
            || type.equals("TELEMETRY_OPERATION_ERROR")
            || event.at("/metadata/output_state/status").asText().equals("error");
    String status = type.endsWith("_START") ? "started" : failed ? "error" : "success";
    add("events " + type.toLowerCase(Locale.ROOT) + " " + node(event) + " " + status, 1);
    if (type.endsWith("_START")) {
      open.add(event);
      return;
    }
    JsonNode start = null;
    for (JsonNode candidate : open) {
      if (start == null && key(candidate).equals(key(event))) {
        start = candidate;
      }
    }
    open.remove(start);
    Double micros = micros(event);
    if (micros == null && start != null) {
      micros = (double) (time(event) - time(start));
    }
    if (type.startsWith("NODE")) {
      String version = event.at("/metadata/node_version").asText("");
      if ((version.isEmpty() || version.equals("null")) && start != null) {
        version = start.at("/metadata/node_version").asText("");
      }
      String name = node(event);
      if (name.contains(":")) {
        version = name.substring(name.indexOf(':') + 1);
        name = name.substring(0, name.indexOf(':'));
      }
      version = version.isEmpty() || version.equals("null") ? "unknown" : version;
      add("executions " + name + " " + version + " " + status, 1);
      if (micros != null) {
        add("execution seconds " + name + " " + version, micros / 1e6);
        add("execution count " + name + " " + version, 1);
      }
      if (start != null) {
        add("active execution " + name, 0);
      }
    }
    if (micros != null) {
      String operation = event.at("/metadata/operation").asText("unknown");
      add("operation seconds " + node(event) + " " + operation, micros / 1e6);
      add("operation count " + node(event) + " " + operation, 1);
    }
    if (start != null) {
      add("active operation " + node(event), 0);
    }
  }

  private static String type(JsonNode event) {
    JsonNode type = event.path("event_type");
    return switch (type.isObject() ? type.path("event_name").asText() : type.asText()) {
      case "core.node.start", "node_start", "NODE_START" -> "NODE_START";
      case "core.node.completed", "NODE_SUCCESS" -> "NODE_SUCCESS";
      case String other -> other;
    };
  }

  private static String node(JsonNode event) {
    return event.path("node_id").asText();
  }

  private static String key(JsonNode event) {
    String type = type(event);
    return node(event)
        + event.path("correlation_id")
        + (type.startsWith("NODE") ? "node" : event.at("/metadata/operation").asText());
  }

  /// What the END says, in microseconds; null when it says nothing that can be.
  private static Double micros(JsonNode event) {
    JsonNode metadata = event.path("metadata");
    if (metadata.path("execution_time_ms").isNumber()
        && metadata.path("execution_time_ms").asDouble() >= 0) {
      return metadata.path("execution_time_ms").asDouble() * 1e3;
    }
    if (metadata.path("duration_ms").isNumber()) {
      return metadata.path("duration_ms").asDouble() * 1e3;
    }
    return metadata.path("duration").isNumber() ? metadata.path("duration").asDouble() * 1e6 : null;
  }

  private static long time(JsonNode event) {
    String time = event.path("timestamp").asText();
    return Fed.micros(time.matches(".*(Z|[+-]\\d\\d:\\d\\d)") ? time : time + "Z");
  }

  private void add(String what, double amount) {
    expected.merge(what, amount, Double::sum);
    expected.computeIfPresent(what, (k, sum) -> Math.round(sum * 1e9) / 1e9);
  }

  private static Map<String, Double> counted(Fed fed) {
    Map<String, Double> counted = new TreeMap<>();
    put(counted, fed, "onex_events_total", "events");
    put(counted, fed, "onex_node_executions_total", "executions");
    put(counted, fed, "onex_node_execution_duration_seconds", "execution");
    put(counted, fed, "onex_operation_duration_seconds", "operation");
    put(counted, fed, "onex_active_executions", "active execution");
    put(counted, fed, "onex_active_operations", "active operation");
    return counted;
  }

  private static void put(Map<String, Double> counted, Fed fed, String family, String name) {
    for (MetricFamily.Point point : fed.family(family).points()) {
      String labels = " " + String.join(" ", point.labelValues());
      switch (point) {
        case MetricFamily.Value value -> {
          // Counters that stand at 0 wait for what has not happened.
          if (value.value() != 0 || name.startsWith("active")) {
            counted.put(name + labels, value.value());
          }
        }
        case MetricFamily.Distribution distribution -> {
          counted.put(name + " seconds" + labels, Math.round(distribution.sum() * 1e9) / 1e9);
          counted.put(name + " count" + labels, (double) distribution.count());
        }
      }
    }
  }
}

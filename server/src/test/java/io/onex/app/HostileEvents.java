package io.onex.app;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Makes events that no sender of good will writes: valid JSON mostly, and what is nearly that.
///
/// Shares no code with what reads them. Bodies are made of bytes, as much of it is no text.
final class HostileEvents {
  private static final List<String> TYPES =
      List.of(
          "NODE_START",
          "NODE_SUCCESS",
          "NODE_FAILURE",
          "TELEMETRY_OPERATION_START",
          "TELEMETRY_OPERATION_SUCCESS",
          "TELEMETRY_OPERATION_ERROR",
          "NODE_HEARTBEAT",
          "NODE_DISCOVERY_REQUEST",
          "TOOL_PROXY_INVOKE",
          "STRUCTURED_LOG",
          "core.node.start",
          "onex.evt.a.b.v1",
          "OPERATION_ENDED",
          "RULES_CHANGED");

  private static final List<String> KEYS =
      List.of(
          "error",
          "error_message",
          "error_type",
          "error_code",
          "status",
          "output_state",
          "input_state",
          "duration_ms",
          "execution_time_ms",
          "duration",
          "operation",
          "operation_type",
          "function",
          "node_version",
          "trace_id",
          "success",
          "test_coverage_percent",
          "message",
          "level",
          "tags",
          "payload",
          "");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "-1",
          "1e308",
          "-1e308",
          "1e999",
          "1e-999",
          "0.1",
          "9223372036854775807",
          "-9223372036854775808",
          "9223372036854775808",
          "18446744073709551616",
          "1E+2",
          "NaN",
          "Infinity",
          "-Infinity",
          "9".repeat(400),
          "0." + "1".repeat(400));

  private static final List<String> TIMES =
      List.of(
          "\"1970-01-01T00:00:00Z\"",
          "\"0001-01-01T00:00:00Z\"",
          "\"9999-12-31T23:59:59.999999999Z\"",
          "\"1969-12-31T23:59:59+14:00\"",
          "\"2026-02-30T00:00:00Z\"",
          "\"2300-01-01\"",
          "0",
          "-1",
          "1e18",
          "9223372036854775807",
          "99999999999999999999",
          "\"\"",
          "null");

  private final Random random;
  private int made;

  HostileEvents(long seed) {
    random = new Random(seed);
  }

  /// Events as one body, a line each, now and then an array.
  byte[] body(int events) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean array = random.nextInt(8) == 0;
    if (array) {
      out.write('[');
    }
    for (int i = 0; i < events; i++) {
      if (i > 0) {
        out.write(array ? ',' : '\n');
      }
      event(out);
    }
    if (array && random.nextInt(20) > 0) {
      out.write(']');
    }
    return out.toByteArray();
  }

  /// Those that once ended a part of the gateway.
  static List<String> known() {
    StringBuilder functions = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      functions.append(
          line(
              "TELEMETRY_OPERATION_START",
              "fn" + i,
              "n",
              "fc" + i,
              "\"function\":\"" + "f".repeat(900_000) + i + "\""));
    }
    String deep = "n:1" + ".1".repeat(20_000);
    String bells = "\\b".repeat(16_000);
    return List.of(
        line("NODE_START", "k1", deep, "k1", ""),
        line("NODE_START", "k2", bells, "k2", "") + line("NODE_SUCCESS", "k3", bells, "k2", ""),
        line("NODE_START", "k4", "n", bells, "") + line("NODE_SUCCESS", "k5", "n", bells, ""),
        functions.toString());
  }

  private static String line(
      String type, String id, String node, String correlation, String metadata) {
    return """
    {"event_id":"%s","timestamp":"2026-11-22T09:44:10Z","event_type":"%s","node_id":"%s",\
    "correlation_id":"%s","metadata":{%s}}
    """
        .formatted(id, type, node, correlation, metadata);
  }

  private void event(ByteArrayOutputStream out) {
    made++;
    int damage = random.nextInt(40);
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    switch (random.nextInt(12)) {
      case 0 -> envelope(event);
      case 1 -> cloudEvent(event);
      case 2 -> logLine(event);
      case 3 -> audit(event);
      default -> flat(event);
    }
    byte[] bytes = event.toByteArray();
    switch (damage) {
      case 0 -> out.write(bytes, 0, random.nextInt(bytes.length));
      case 1 -> {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        out.writeBytes(bytes);
      }
      case 2 -> {
        out.writeBytes(bytes);
        out.writeBytes(bytes);
      }
      default -> out.writeBytes(bytes);
    }
  }

  private void flat(ByteArrayOutputStream out) {
    put(out, "{\"event_id\":");
    id(out);
    put(out, ",\"event_type\":\"" + pick(TYPES) + "\",\"node_id\":");
    name(out, "node");
    put(out, ",\"timestamp\":" + time());
    put(out, ",\"correlation_id\":");
    if (random.nextInt(6) == 0) {
      put(out, random.nextBoolean() ? "null" : pick(NUMBERS));
    } else {
      name(out, "corr");
    }
    put(out, ",\"metadata\":");
    object(out, 0);
    if (random.nextInt(20) == 0) {
      put(out, ",\"event_id\":\"twice\"");
    }
    put(out, "}");
  }

  private void envelope(ByteArrayOutputStream out) {
    put(out, "{\"envelope_id\":");
    id(out);
    put(out, ",\"envelope_timestamp\":" + time() + ",\"correlation_id\":");
    name(out, "corr");
    put(out, ",\"payload\":");
    if (random.nextBoolean()) {
      flat(out);
    } else {
      object(out, 0);
    }
    put(out, "}");
  }

  private void cloudEvent(ByteArrayOutputStream out) {
    put(out, "{\"specversion\":\"1.0\",\"type\":\"" + pick(TYPES) + "\",\"id\":");
    id(out);
    put(out, ",\"source\":");
    name(out, "onex/node");
    put(out, ",\"time\":" + time() + ",\"data\":");
    if (random.nextBoolean()) {
      flat(out);
    } else {
      object(out, 0);
    }
    put(out, "}");
  }

  private void logLine(ByteArrayOutputStream out) {
    put(out, "{\"level\":");
    if (random.nextBoolean()) {
      put(out, "\"error\"");
    } else {
      value(out, 0);
    }
    put(out, ",\"message\":");
    value(out, 0);
    put(out, ",\"service\":");
    name(out, "service");
    put(out, "}");
  }

  private void audit(ByteArrayOutputStream out) {
    put(
        out,
        "{\"event_category\":\""
            + (random.nextBoolean() ? "authentication" : "authorization")
            + "\",\"event_type\":\"login\",\"resource\":");
    name(out, "res/x");
    put(out, ",\"action\":");
    value(out, 0);
    put(out, ",\"additional_data\":{\"method\":");
    name(out, "method");
    put(out, "}}");
  }

  private void object(ByteArrayOutputStream out, int depth) {
    put(out, "{");
    int members = random.nextInt(depth == 0 ? 7 : 3);
    for (int i = 0; i < members; i++) {
      put(out, i == 0 ? "\"" : ",\"");
      put(out, random.nextInt(5) == 0 ? "k" + i : pick(KEYS));
      put(out, "\":");
      value(out, depth + 1);
    }
    put(out, "}");
  }

  private void value(ByteArrayOutputStream out, int depth) {
    switch (random.nextInt(12)) {
      case 0 -> put(out, random.nextBoolean() ? "true" : "null");
      case 1, 2, 3 -> put(out, pick(NUMBERS));
      case 4, 5 -> {
        if (depth < 4) {
          object(out, depth);
        } else {
          put(out, "{}");
        }
      }
      case 6 -> {
        int levels = random.nextInt(70);
        put(out, "[".repeat(levels) + "]".repeat(levels) + (levels == 0 ? "0" : ""));
      }
      case 7 -> put(out, "\"{\\\"a\\\":\\\"{}\\\",\\\"password\\\":\\\"x\\\"}\"");
      default -> name(out, "v");
    }
  }

  /// A string: short and known, so that things meet, or long and odd.
  private void name(ByteArrayOutputStream out, String stem) {
    put(out, "\"");
    switch (random.nextInt(14)) {
      case 0 -> {}
      case 1 -> put(out, stem + ":1" + ".1".repeat(size()));
      case 2 -> put(out, "\\b".repeat(size()));
      case 3 -> put(out, "\\u0000".repeat(size() / 3));
      case 4 -> put(out, "\\ud83d\\ude00".repeat(size() / 6));
      case 5 -> put(out, "é€😀".repeat(size() / 4));
      case 6 -> put(out, random.nextInt(4) == 0 ? "\\ud800" : "\\\\".repeat(size()));
      case 7 -> put(out, "-a1b2c".repeat(size()));
      case 8 -> {
        if (random.nextInt(6) == 0) {
          out.write(0xc0 + random.nextInt(64));
        }
        put(out, "\\u202e\\u001b[31m,=cmd|");
      }
      case 9 -> put(out, stem.repeat(size()) + random.nextInt(3));
      default -> put(out, stem + random.nextInt(40));
    }
    put(out, "\"");
  }

  private void id(ByteArrayOutputStream out) {
    switch (random.nextInt(9)) {
      case 0 -> put(out, "null");
      case 1 -> put(out, "\"dup" + random.nextInt(50) + "\"");
      case 2 -> put(out, pick(NUMBERS));
      case 3 -> name(out, "id");
      default -> put(out, "\"h" + made + "\"");
    }
  }

  private String time() {
    return random.nextInt(3) == 0
        ? pick(TIMES)
        : "\"2026-11-%02dT%02d:44:%02dZ\""
            .formatted(1 + random.nextInt(28), random.nextInt(24), random.nextInt(60));
  }

  /// Mostly short; now and then as long as an id may be, rarely longer.
  private int size() {
    return switch (random.nextInt(60)) {
      case 0 -> 20_000 + random.nextInt(20_000);
      case 1 -> 66_000;
      case 2, 3, 4, 5 -> random.nextInt(3_000);
      default -> random.nextInt(150);
    };
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static void put(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
